package fonio.wire;

/** What a frame is: the numbers of {@code docs/protocol.md} section 3. */
public final class Kind {
  public static final int HELLO = 1;
  public static final int WELCOME = 2;
  public static final int REFUSED = 3;
  public static final int FUNCTION = 4;
  public static final int CLASS = 5;
  public static final int SUBMIT = 6;
  public static final int TASKS = 7;
  public static final int RESULTS = 8;
  public static final int ACK = 9;
  public static final int CANCEL = 10;
  public static final int KILL = 11;
  public static final int VERDICT = 12;
  public static final int ASK = 13;
  public static final int RETRY = 14;
  public static final int RELEASE = 15;
  public static final int SHARE = 16;
  public static final int QUERY = 17;
  public static final int ANSWER = 18;
  public static final int LOG = 19;
  public static final int CLOSE = 20;
  public static final int FAULT = 21;
  public static final int UNSHARE = 22;
  public static final int ELEMENTS = 23;
  public static final int CAPACITY = 24;
  public static final int BEAT = 25;
  public static final int RECALL = 26;
  public static final int DRAIN = 27;
  public static final int HOLDS = 28;
  public static final int ALLOT = 29;
  public static final int DURABLE = 30;

  /** Marks a kind whose blob is free text or code, and not payloads that a column measures. */
  private static final int FREE_BLOB = 0x100;

  private static final String[] NAMES = {
    "unknown",
    "HELLO",
    "WELCOME",
    "REFUSED",
    "FUNCTION",
    "CLASS",
    "SUBMIT",
    "TASKS",
    "RESULTS",
    "ACK",
    "CANCEL",
    "KILL",
    "VERDICT",
    "ASK",
    "RETRY",
    "RELEASE",
    "SHARE",
    "QUERY",
    "ANSWER",
    "LOG",
    "CLOSE",
    "FAULT",
    "UNSHARE",
    "ELEMENTS",
    "CAPACITY",
    "BEAT",
    "RECALL",
    "DRAIN",
    "HOLDS",
    "ALLOT",
    "DURABLE"
  };

  /** The columns that each kind may have, and whether its blob is free. */
  private static final int[] SHAPES = new int[NAMES.length];

  static {
    for (int kind : new int[] {HELLO, WELCOME, REFUSED, FUNCTION, CLASS}) {
      SHAPES[kind] = FREE_BLOB;
    }
    for (int kind : new int[] {QUERY, ANSWER, LOG, FAULT, ELEMENTS, CAPACITY, ALLOT, DURABLE}) {
      SHAPES[kind] = FREE_BLOB;
    }
    SHAPES[SUBMIT] = Flag.CLASSES | Flag.LENGTHS | Flag.DEPENDENCIES | Flag.EXTENSION;
    SHAPES[TASKS] = Flag.IDS | Flag.LENGTHS | Flag.DEPENDENCIES | Flag.ATTEMPTS;
    SHAPES[RESULTS] = Flag.IDS | Flag.LENGTHS | Flag.ATTEMPTS | Flag.STATUS | Flag.EXTENSION;
    SHAPES[ASK] = Flag.LENGTHS | Flag.STATUS;
    SHAPES[RELEASE] = Flag.IDS;
    SHAPES[RECALL] = Flag.IDS;
    SHAPES[HOLDS] = Flag.IDS | Flag.ATTEMPTS;
    SHAPES[SHARE] = Flag.LENGTHS;
  }

  private Kind() {}

  /** Whether the protocol knows this kind. */
  public static boolean isKnown(int kind) {
    return kind > 0 && kind < NAMES.length;
  }

  /** The kind's name, for people. */
  public static String name(int kind) {
    return isKnown(kind) ? NAMES[kind] : "kind " + kind;
  }

  /** The flags of the columns that a frame of this kind may have. */
  static int columns(int kind) {
    return SHAPES[kind] & 0xFF;
  }

  /** Whether the blob of this kind is measured by the frame alone. */
  static boolean hasFreeBlob(int kind) {
    return (SHAPES[kind] & FREE_BLOB) != 0;
  }
}
