package fonio.executors;

import fonio.interchange.ManagerView;
import fonio.interchange.Managers;
import fonio.interchange.Part;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What people have done with managers of an executor, and with blocks that have none yet. */
record Steering(Managers managers, Nodes nodes, HtexReport report) {

  /**
   * Does it with a block or a manager; with all for an empty name.
   *
   * @throws IllegalArgumentException when there is no such part, with those that there are
   */
  Concerned obey(Lane.Command command, String name) {
    Part part = Part.named(name);
    Map<String, String> blocks = new TreeMap<>(nodes.unmanned());
    if (!name.isEmpty()) {
      check(command, name, blocks);
      blocks.keySet().retainAll(List.of(name));
    }
    if (command == Lane.Command.DRAIN || command == Lane.Command.KILL) {
      nodes.dismiss(name, "./fonio " + command.name().toLowerCase(Locale.ROOT));
    }
    return new Concerned(
        done(command, part).stream().map(manager -> manager.info().text()).toList(),
        isForManagersOnly(command)
            ? List.of()
            : blocks.values().stream().map(title -> sentence(command, title)).toList());
  }

  private void check(Lane.Command command, String name, Map<String, String> blocks) {
    Part part = Part.named(name);
    if (managers.views().stream().anyMatch(manager -> part.covers(manager.info()))) {
      return;
    }
    String title = blocks.get(name);
    if (title == null) {
      throw new IllegalArgumentException(report.without(name, blocks.values()));
    }
    if (isForManagersOnly(command)) {
      throw new IllegalArgumentException(
          "%s has no manager yet: try again when ./fonio status shows one".formatted(title));
    }
  }

  private List<ManagerView> done(Lane.Command command, Part part) {
    return switch (command) {
      case HOLD -> managers.hold(part);
      case RELEASE -> managers.release(part);
      case VERBOSE -> managers.verbose(part, true);
      case QUIET -> managers.verbose(part, false);
      case DRAIN -> managers.drain(part);
      case KILL -> managers.end(part, "./fonio kill asked for its end");
    };
  }

  private static boolean isForManagersOnly(Lane.Command command) {
    return command == Lane.Command.VERBOSE || command == Lane.Command.QUIET;
  }

  private static String sentence(Lane.Command command, String title) {
    return title
        + switch (command) {
          case HOLD -> " has no manager yet; those that come to it are on hold";
          case RELEASE -> " has no manager yet; it is not on hold by its number any more";
          case DRAIN, KILL -> " has no manager; its job is cancelled";
          case VERBOSE, QUIET -> " has no manager yet";
        };
  }
}
