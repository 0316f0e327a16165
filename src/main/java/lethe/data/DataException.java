package lethe.data;

/** Data that cannot be used as they are. The message is the sentence a user reads. */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DataException(String sentence) {
    super(sentence);
  }

  public DataException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
