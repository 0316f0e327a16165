package lethe.net;

/** The part a group of images plays in one training step. */
public enum Role {
  /** R, or what a recipe puts in its place: what the network must still know. */
  RETAIN,
  /** F: what it must forget. */
  FORGET,
  /** T: held-out images that show how unseen ones look. */
  UNSEEN,
  /** Images of F and R in one batch, for methods that tell them apart by their numbers. */
  MIXED
}
