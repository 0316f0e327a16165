package lethe.data;

/**
 * Who is who in one scenario. Positions count from 0 inside the sub-sampled training set and the
 * sub-sampled test set.
 *
 * @param forget F: training positions to forget, ascending
 * @param retain R: the other training positions, ascending
 * @param unseen T: test positions inside the loss, ascending; disjoint from E
 * @param evaluation E: test positions that are reported on and never in a loss, ascending
 */
public record ForgetSplit(int[] forget, int[] retain, int[] unseen, int[] evaluation) {}
