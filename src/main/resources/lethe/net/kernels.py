class Kernels(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def batch(self, table: Tensor, index: Tensor, mean: Tensor, deviation: Tensor) -> Tensor:
    rows = torch.to(torch.index_select(table, 0, index), mean)
    images = torch.view(torch.div(rows, 255.0), [-1, 3, 32, 32])
    return torch.div(torch.sub(images, mean), deviation)
  def mixed(self, table: Tensor, prototypes: Tensor, index: Tensor, mean: Tensor, deviation: Tensor) -> Tensor:
    n = torch.size(table, 0)
    images = self.batch(table, torch.clamp(index, None, n - 1), mean, deviation)
    beyond = torch.index_select(prototypes, 0, torch.clamp(torch.sub(index, n), 0))
    ready = torch.view(torch.to(beyond, mean), [-1, 3, 32, 32])
    return torch.where(torch.view(torch.ge(index, n), [-1, 1, 1, 1]), ready, images)
  def convolve(self, x: Tensor, w: Tensor, b: Optional[Tensor], stride: int) -> Tensor:
    pad = torch.floordiv(torch.size(w, 2), 2)
    return torch.conv2d(x, torch.to(w, x), b, [stride, stride], [pad, pad])
  def convolution(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return self.convolve(x, w, torch.to(b, x), 1)
  def convolution1(self, x: Tensor, w: Tensor) -> Tensor:
    return self.convolve(x, w, None, 1)
  def convolution2(self, x: Tensor, w: Tensor) -> Tensor:
    return self.convolve(x, w, None, 2)
  def norm(self, x: Tensor, gamma: Tensor, beta: Tensor) -> Tensor:
    return torch.group_norm(x, torch.size(x, 1), torch.to(gamma, x), torch.to(beta, x), 1.0000000000000001e-05, True)
  def norm_relu(self, x: Tensor, gamma: Tensor, beta: Tensor) -> Tensor:
    return torch.relu_(self.norm(x, gamma, beta))
  def batch_norm(self, x: Tensor, gamma: Tensor, beta: Tensor, mean: Tensor, variance: Tensor) -> Tensor:
    return torch.batch_norm(x, gamma, beta, torch.detach(mean), torch.detach(variance), False, 0.10000000000000001, 1.0000000000000001e-05, True)
  def batch_norm_training(self, x: Tensor, gamma: Tensor, beta: Tensor, mean: Tensor, variance: Tensor) -> Tensor:
    return torch.batch_norm(x, gamma, beta, torch.detach(mean), torch.detach(variance), True, 0.10000000000000001, 1.0000000000000001e-05, True)
  def add_relu(self, x: Tensor, y: Tensor) -> Tensor:
    return torch.relu_(torch.add(x, y))
  def halve(self, x: Tensor) -> Tensor:
    return torch.avg_pool2d(x, [2, 2], [2, 2])
  def average(self, x: Tensor) -> Tensor:
    return torch.mean(x, [2, 3])
  def linear(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return torch.to(torch.linear(x, torch.to(w, x), torch.to(b, x)), w)
  def narrow(self, x: Tensor) -> Tensor:
    return torch.to(x, 15)
  def wide(self, x: Tensor) -> Tensor:
    return torch.to(x, 6)
  def leaves(self, ps: List[Tensor]) -> List[Tensor]:
    out = annotate(List[Tensor], [])
    for i in range(len(ps)):
      out2 = torch.append(out, torch.requires_grad_(torch.detach(ps[i]), True))
    return out
  def found(self, gradients: List[Optional[Tensor]], wrt: List[Tensor]) -> List[Tensor]:
    out = annotate(List[Tensor], [])
    for i in range(len(wrt)):
      g = gradients[i]
      if torch.__is__(g, None):
        h = torch.zeros_like(wrt[i])
      else:
        h = unchecked_cast(Tensor, g)
      out2 = torch.append(out, h)
    return out
  def gradients(self, y: Tensor, wrt: List[Tensor]) -> List[Tensor]:
    return self.found(torch.grad([y], wrt, None, None, False, True), wrt)
  def differentiable_gradients(self, y: Tensor, wrt: List[Tensor]) -> List[Tensor]:
    return self.found(torch.grad([y], wrt, None, True, True, True), wrt)
  def warp(self, x: Tensor, map: Tensor) -> Tensor:
    n = torch.size(x, 0)
    shape = [n, torch.size(x, 1), torch.size(x, 2), torch.size(x, 3)]
    grid = torch.affine_grid_generator(torch.expand(map, [n, 2, 3]), shape, False)
    return torch.grid_sampler(x, grid, 0, 0, False)
  def pullback(self, y: Tensor, cotangent: Tensor, wrt: List[Tensor]) -> List[Tensor]:
    seeds = annotate(List[Optional[Tensor]], [cotangent])
    return self.found(torch.grad([y], wrt, seeds, None, False, True), wrt)
  def accumulate(self, sums: List[Tensor], more: List[Tensor]) -> Tensor:
    torch._foreach_add_(sums, more)
    return sums[0]
  def sgd(self, ps: List[Tensor], gs: List[Tensor], vs: List[Tensor], hp: Tensor) -> Tensor:
    mu = float(hp[1])
    if mu == 0.0:
      buffers = annotate(List[Tensor], [])
    else:
      buffers = vs
    torch._fused_sgd_(ps, gs, buffers, weight_decay=float(hp[2]), momentum=mu, lr=float(hp[0]), dampening=0.0, nesterov=False, maximize=False, is_first_step=False)
    return ps[0]
  def adam(self, ps: List[Tensor], gs: List[Tensor], ms: List[Tensor], vs: List[Tensor], hp: Tensor) -> Tensor:
    lr = float(hp[0])
    b1 = float(hp[1])
    b2 = float(hp[2])
    t = float(hp[4])
    torch._foreach_mul_(ms, b1)
    torch._foreach_add_(ms, gs, alpha=1.0 - b1)
    torch._foreach_mul_(vs, b2)
    torch._foreach_addcmul_(vs, gs, gs, 1.0 - b2)
    ds = torch._foreach_sqrt(vs)
    torch._foreach_div_(ds, (1.0 - b2 ** t) ** 0.5)
    torch._foreach_add_(ds, float(hp[3]))
    torch._foreach_addcdiv_(ps, ms, ds, (0.0 - lr) / (1.0 - b1 ** t))
    return ps[0]
