package fonio.engine;

import fonio.api.Options;
import fonio.api.spi.Body;
import fonio.kernel.TaskClass;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The routes of a run: one for the options of threads, one for each app of worker processes. */
final class Routes {
  private static final int MOST_CLASSES = 65_535;

  private final Settings settings;
  private final List<ThreadLane> lanes;
  private final @Nullable WorkerLanes workers;
  private final Consumer<Consumer<Core>> order;
  private final Map<Options, Route> ofOptions = new ConcurrentHashMap<>();
  private final Map<WorkerApp, Route> ofApps = new ConcurrentHashMap<>();
  private final AtomicInteger classes = new AtomicInteger();
  private volatile @Nullable Route last;
  private volatile @Nullable Recent lastApp;

  private record Recent(WorkerApp app, Route route) {
    boolean isOf(Route any, Body body) {
      return app.any().classId() == any.classId() && app.body().equals(body);
    }
  }

  Routes(
      Settings settings,
      List<ThreadLane> lanes,
      @Nullable WorkerLanes workers,
      Consumer<Consumer<Core>> order) {
    this.settings = settings;
    this.lanes = lanes;
    this.workers = workers;
    this.order = order;
  }

  Route of(Options options) {
    Route recent = last;
    if (recent == null || !recent.options().equals(options)) {
      recent = ofOptions.computeIfAbsent(options, this::open);
      last = recent;
    }
    return recent;
  }

  /** The route of an app: worker processes have a class for each function. */
  Route of(Options options, Body body) {
    Route any = of(options);
    if (workers == null || !any.lane().inProcesses) {
      return any;
    }
    Recent recent = lastApp;
    if (recent == null || !recent.isOf(any, body)) {
      WorkerApp app = new WorkerApp(any, body);
      recent = new Recent(app, ofApps.computeIfAbsent(app, made -> open(made, workers)));
      lastApp = recent;
    }
    return recent.route;
  }

  private Route open(WorkerApp app, WorkerLanes processes) {
    Route made = open(app.any().options());
    processes.define(made.lane().number, app.function(made), app.definition(made));
    return made;
  }

  private Route open(Options options) {
    ThreadLane lane = lane(options.executor());
    int classId = classes.incrementAndGet();
    if (classId > MOST_CLASSES) {
      throw new IllegalStateException(
          "a run has at most %d different apps and options; make an app once and call it often"
              .formatted(MOST_CLASSES));
    }
    int retries = options.retries() < 0 ? settings.retries() : options.retries();
    TaskClass made = new TaskClass(lane.number, retries, options.priority(), true, 3, false, false);
    order.accept(core -> core.define(classId, made));
    return new Route(options, classId, lane);
  }

  private ThreadLane lane(String label) {
    if (label.isEmpty()) {
      return lanes.getFirst();
    }
    return lanes.stream()
        .filter(lane -> lane.label.equals(label))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no executor \"%s\"; there are %s"
                    .formatted(label, lanes.stream().map(lane -> lane.label).toList())));
  }
}
