package lethe.net;

/**
 * Stochastic gradient descent with momentum μ and weight decay wd on every parameter:
 *
 * <pre>v ← μ v + g + wd θ (the first v is g + wd θ)    θ ← θ - lr v</pre>
 *
 * @param momentum in [0, 1)
 * @param weightDecay 0 or more
 */
public record Sgd(double momentum, double weightDecay) implements Optimizer {}
