package fonio.providers;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host that ssh reaches.
 *
 * @param target with the user, if one is named
 * @param port empty for what ssh's own configuration says
 */
record SshHost(String target, String port) {
  private static final Pattern FORM =
      Pattern.compile(
          "((?:[\\w.][\\w.-]*@)?)(?:\\[([0-9A-Fa-f:.%\\w]+)]|([\\w.][\\w.-]*))(?::(\\d{1,5}))?");

  /** The host of {@code [user@]host[:port]}. */
  static SshHost of(Keys keys, String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw keys.bad("hosts", text, "write [user@]host[:port], an IPv6 address in brackets");
    }
    String host = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
    String port = matcher.group(4) == null ? "" : matcher.group(4);
    return new SshHost(matcher.group(1) + host, port);
  }

  /** The command that runs words there, under the host's bash. */
  List<String> command(List<String> options, List<String> words) {
    List<String> command = new ArrayList<>(List.of("ssh", "-T"));
    // The first value that ssh is given counts, so the user's options stand in front.
    command.addAll(options);
    command.addAll(
        List.of(
            "-o", "BatchMode=yes",
            "-o", "ConnectTimeout=10",
            "-o", "ServerAliveInterval=15",
            "-o", "ServerAliveCountMax=4"));
    if (!port.isEmpty()) {
      command.addAll(List.of("-p", port));
    }
    command.add("--");
    command.add(target);
    command.add("exec " + String.join(" ", words.stream().map(JobBody::quoted).toList()));
    return command;
  }

  @Override
  public String toString() {
    return port.isEmpty() ? target : target + ":" + port;
  }
}
