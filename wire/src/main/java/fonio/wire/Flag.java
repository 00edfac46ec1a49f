package fonio.wire;

/** Which columns a frame has: the bits of {@code docs/protocol.md} section 2. */
public final class Flag {
  public static final int IDS = 0x01;
  public static final int CLASSES = 0x02;
  public static final int LENGTHS = 0x04;
  public static final int DEPENDENCIES = 0x08;
  public static final int ATTEMPTS = 0x10;
  public static final int STATUS = 0x20;
  public static final int EXTENSION = 0x40;

  private Flag() {}

  /** The column's name, for people. */
  public static String name(int flag) {
    return switch (flag) {
      case IDS -> "IDS";
      case CLASSES -> "CLASSES";
      case LENGTHS -> "LENGTHS";
      case DEPENDENCIES -> "DEPENDENCIES";
      case ATTEMPTS -> "ATTEMPTS";
      case STATUS -> "STATUS";
      case EXTENSION -> "EXTENSION";
      default -> "flag 0x%02X".formatted(flag);
    };
  }
}
