package lethe.net;

/** What normalises the channels between two layers. */
enum Norm {
  /** Each image by itself, as in the paper's code. */
  INSTANCE,
  /** All images of a batch together, as ResNets were published. */
  BATCH
}
