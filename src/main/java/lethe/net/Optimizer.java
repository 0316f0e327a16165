package lethe.net;

/** How a step follows its gradient; the state it keeps lives in {@link OptimizerState}. */
public sealed interface Optimizer permits Sgd, Adam {}
