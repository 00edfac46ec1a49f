package fonio.cli;

/**
 * One thing that was looked for on this machine.
 *
 * @param name what was looked for
 * @param found whether it is there and works
 * @param needed whether Fonio does not run without it
 * @param value what was found, or why it does not work
 * @param enables what it is good for, or how to get it
 */
record Finding(String name, boolean found, boolean needed, String value, String enables) {
  static Finding have(String name, String value, String enables) {
    return new Finding(name, true, false, value, enables);
  }

  static Finding miss(String name, String value, String remedy) {
    return new Finding(name, false, false, value, remedy);
  }

  Finding mustBe() {
    return new Finding(name, found, true, value, enables);
  }

  String mark() {
    return found ? "yes" : needed ? "NO" : "no";
  }
}
