package lethe.data;

/** Data that cannot be used as they are. The message is the sentence a user reads. */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String sentence;

  public DataException(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  public DataException(String sentence, Throwable cause) {
    super(sentence, cause);
    this.sentence = sentence;
  }

  @Override
  public String getMessage() {
    return sentence;
  }
}
