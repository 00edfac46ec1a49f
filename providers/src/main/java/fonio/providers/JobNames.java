package fonio.providers;

/** Job names that a batch system with narrow rules takes. */
final class JobNames {
  private JobNames() {}

  /** The end of the name, which tells blocks apart, with a letter in front. */
  static String fitted(String name, int longest) {
    String end = name.length() <= longest ? name : name.substring(name.length() - longest);
    if (Character.isLetter(end.charAt(0))) {
      return end;
    }
    return "b" + (end.length() < longest ? end : end.substring(1));
  }
}
