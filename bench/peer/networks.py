"""The networks of the paper in plain PyTorch, eager, with instance norm written as the authors write it:
group norm with a group for each channel."""

from torch import nn
from torch.nn import functional as F


def norm(channels):
    return nn.GroupNorm(channels, channels)


class ConvNet(nn.Module):
    """Three blocks of convolution, norm, ReLU and average pool, then one linear layer."""

    def __init__(self, width=128, classes=10):
        super().__init__()
        layers = []
        for block in range(3):
            layers += [nn.Conv2d(3 if block == 0 else width, width, 3, padding=1), norm(width), nn.ReLU(inplace=True)]
            layers += [nn.AvgPool2d(2)]
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Linear(width * 16, classes)

    def embed(self, x):
        return self.features(x).flatten(1)

    def forward(self, x):
        return self.classifier(self.embed(x))


class Block(nn.Module):
    """A residual block, basic or with a bottleneck."""

    def __init__(self, inner, width, stride, bottleneck):
        super().__init__()
        out = width * (4 if bottleneck else 1)
        if bottleneck:
            convolutions = [(inner, width, 1, 1), (width, width, 3, stride), (width, out, 1, 1)]
        else:
            convolutions = [(inner, width, 3, stride), (width, out, 3, 1)]
        layers = []
        for i, (before, after, kernel, step) in enumerate(convolutions):
            layers.append(nn.Conv2d(before, after, kernel, step, kernel // 2, bias=False))
            layers.append(norm(after))
            if i + 1 < len(convolutions):
                layers.append(nn.ReLU(inplace=True))
        self.main = nn.Sequential(*layers)
        self.shortcut = nn.Sequential()
        if stride != 1 or inner != out:
            self.shortcut = nn.Sequential(nn.Conv2d(inner, out, 1, stride, bias=False), norm(out))

    def forward(self, x):
        return F.relu(self.main(x) + self.shortcut(x), inplace=True)


class ResNet(nn.Module):
    def __init__(self, depths, bottleneck, classes=10):
        super().__init__()
        layers = [nn.Conv2d(3, 64, 3, padding=1, bias=False), norm(64), nn.ReLU(inplace=True)]
        inner = 64
        for stage, depth in enumerate(depths):
            width = 64 << stage
            for i in range(depth):
                layers.append(Block(inner, width, 2 if stage > 0 and i == 0 else 1, bottleneck))
                inner = width * (4 if bottleneck else 1)
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Linear(inner, classes)

    def forward(self, x):
        return self.classifier(self.features(x).mean((2, 3)))


def network(name):
    if name == "convnet":
        return ConvNet()
    if name == "resnet-18":
        return ResNet([2, 2, 2, 2], False)
    if name == "resnet-50":
        return ResNet([3, 4, 6, 3], True)
    raise SystemExit(f"no network {name}")
