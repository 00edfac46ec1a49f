package fonio.executors;

import fonio.interchange.Interchange;
import fonio.interchange.ManagerView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How the high-throughput executor stands, told to observers. */
final class HtexReport {
  private final Interchange interchange;
  private String invitation = "";

  HtexReport(Interchange interchange) {
    this.interchange = interchange;
  }

  /** Names the words of the command {@code manager} that start one by hand. */
  void invitation(String words) {
    invitation = words;
  }

  Map<String, String> status(List<String> blocks, String failure) {
    List<ManagerView> managers = interchange.managers().views();
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("kind", "htex");
    entries.put("workers", "" + managers.stream().mapToInt(ManagerView::workers).sum());
    entries.put("free", "" + managers.stream().mapToInt(ManagerView::free).sum());
    entries.put("tasks", "" + managers.stream().mapToInt(ManagerView::tasks).sum());
    if (!failure.isEmpty()) {
      entries.put("failure", failure);
    }
    if (!invitation.isEmpty()) {
      entries.put("invitation", invitation);
    }
    for (int i = 0; i < blocks.size(); i++) {
      entries.put("blocks." + i, blocks.get(i));
    }
    for (int i = 0; i < managers.size(); i++) {
      put(entries, "managers." + i + ".", managers.get(i));
    }
    return entries;
  }

  private static void put(Map<String, String> entries, String prefix, ManagerView manager) {
    entries.put(prefix + "name", manager.info().name());
    entries.put(prefix + "host", manager.info().host());
    entries.put(prefix + "pid", "" + manager.info().pid());
    entries.put(prefix + "block", manager.info().block());
    entries.put(prefix + "workers", "" + manager.workers());
    entries.put(prefix + "tasks", "" + manager.tasks());
    entries.put(prefix + "answered", "" + manager.answered());
    entries.put(prefix + "kept_bytes", "" + manager.keptBytes());
    entries.put(prefix + "sent_bytes", "" + manager.sentBytes());
    entries.put(prefix + "draining", "" + manager.draining());
    entries.put(prefix + "on_hold", "" + manager.onHold());
    if (!manager.avoided().isEmpty()) {
      entries.put(prefix + "avoided", manager.avoided());
    }
  }

  Optional<String> holder(long task) {
    return interchange
        .holderOf(task)
        .map(manager ->
            "%s has it; it has %s for %d workers%s"
                .formatted(
                    manager.info().text(),
                    manager.tasks() == 1 ? "no other task" : manager.tasks() + " tasks",
                    manager.workers(),
                    manager.draining() ? ", and finishes them before it ends" : ""));
  }

  List<String> obstacles(List<String> blocks, String failure) {
    if (!failure.isEmpty()) {
      return List.of("the executor has failed: " + failure);
    }
    List<String> lines = new ArrayList<>();
    List<ManagerView> managers = interchange.managers().views();
    List<ManagerView> taking = managers.stream().filter(ManagerView::takes).toList();
    if (managers.isEmpty()) {
      lines.add("no manager has connected yet");
    } else if (taking.isEmpty()) {
      lines.add(
          "each of its %d managers is on hold or avoided (see ./fonio release), or finishes what it has and takes no more"
              .formatted(managers.size()));
    } else if (taking.stream().mapToInt(ManagerView::free).sum() == 0) {
      lines.add(full(taking));
    } else {
      return lines;
    }
    managers.stream()
        .filter(manager -> !manager.avoided().isEmpty())
        .forEach(manager -> lines.add(manager.info().text() + " is " + manager.avoided()));
    lines.addAll(blocks);
    if (blocks.isEmpty()) {
      lines.add("it has no block, and has asked for none yet");
    }
    if (managers.isEmpty() && !invitation.isEmpty()) {
      lines.add("a manager can be started by hand: ./fonio manager " + invitation);
    }
    return lines;
  }

  /** That there is no such block or manager, and which there are. */
  String without(String part, Collection<String> unmannedBlocks) {
    String managers =
        interchange.managers().views().stream()
            .map(ManagerView::info)
            .map(
                one -> one.block().isEmpty() ? one.name() : one.name() + " of block " + one.block())
            .collect(Collectors.joining(", "));
    String blocks = String.join(", ", unmannedBlocks);
    if (managers.isEmpty()) {
      return blocks.isEmpty()
          ? "no manager is there, so none of '%s': see ./fonio status".formatted(part)
          : "there is no block or manager '%s': there is no manager yet, but %s"
              .formatted(part, blocks);
    }
    return "there is no block or manager '%s': there are the managers %s%s"
        .formatted(part, managers, blocks.isEmpty() ? "" : ", and without a manager " + blocks);
  }

  private static String full(List<ManagerView> taking) {
    int workers = taking.stream().mapToInt(ManagerView::workers).sum();
    int tasks = taking.stream().mapToInt(ManagerView::tasks).sum();
    return workers == 0
        ? "its %d managers have no worker yet".formatted(taking.size())
        : "its %d managers are full: %d workers, which have %d tasks%s"
            .formatted(
                taking.size(),
                workers,
                tasks,
                tasks < workers ? " that name much of a node (cores, memory, accelerators)" : "");
  }
}
