package fonio.interchange;

import fonio.transport.Link;
import fonio.transport.Reception;
import fonio.transport.TcpLink;
import fonio.wire.Greeting;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where managers come in: judges their HELLO. */
final class Entrance implements Reception.Host {
  /** What becomes of those who may enter. */
  interface Door {
    /** Whether a manager of this name is still thought to be there. */
    boolean knows(String manager);

    void enter(ManagerInfo manager, boolean resumes, TcpLink link);
  }

  private final InterchangeConfig config;
  private final InterchangeListener listener;
  private final Door door;

  Entrance(InterchangeConfig config, InterchangeListener listener, Door door) {
    this.config = config;
    this.listener = listener;
    this.door = door;
  }

  @Override
  public Greeting welcome(Greeting hello) {
    check(hello);
    Map<String, String> entries = new LinkedHashMap<>(config.welcome());
    entries.put("beat_ms", Long.toString(config.beat().toMillis()));
    entries.put("lost_ms", Long.toString(config.lost().toMillis()));
    entries.put("resumed", resumes(hello) ? "1" : "0");
    return Greeting.of(entries);
  }

  private boolean resumes(Greeting hello) {
    return hello.entry("resume", "0").equals("1")
        && (listener.adopts() || door.knows(hello.required("name")));
  }

  private void check(Greeting hello) {
    byte[] given = hello.required("token").getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(given, config.token().getBytes(StandardCharsets.UTF_8))) {
      throw new IllegalArgumentException("its token is not that of this run");
    }
    String role = hello.required("role");
    if (!role.equals("manager")) {
      throw new IllegalArgumentException(
          "role=" + role + " does not connect here; only managers do");
    }
    if (hello.required("name").isBlank()) {
      throw new IllegalArgumentException("a manager needs a name");
    }
    if (!hello.entry("pid", "0").matches("\\d{1,9}")) {
      throw new IllegalArgumentException(
          "pid=" + hello.entry("pid", "0") + " is not the number of a process");
    }
    String codec = hello.entry("codec", "any");
    if (!codec.equals("any") && !codec.startsWith(config.codec())) {
      throw new IllegalArgumentException(
          "the manager's codec is "
              + codec
              + ", this run's is "
              + config.codec()
              + ": use the same interpreter");
    }
  }

  @Override
  public void entered(Greeting hello, Link link) {
    ManagerInfo manager =
        new ManagerInfo(
            hello.required("name"),
            hello.entry("host", "an unnamed host"),
            Integer.parseInt(hello.entry("pid", "0")),
            hello.entry("block", ""),
            NodeFacts.of(hello));
    if (!(link instanceof TcpLink tcp)) {
      throw new IllegalStateException("managers come over TCP, not over " + link);
    }
    door.enter(manager, resumes(hello), tcp);
  }

  @Override
  public void refused(String peer, String why) {
    listener.said("a connection from %s was refused: %s".formatted(peer, why));
  }
}
