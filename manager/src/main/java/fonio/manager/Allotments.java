package fonio.manager;

import fonio.manager.Devices.Piece;
import java.util.List;

/** Who has what of a node: nothing is given twice. A core without clock, threads or processes. */
final class Allotments {
  /** The request may be met by any accelerators. */
  static final int ANY = -1;

  private final Devices cores;
  private final Devices accelerators;
  private final Devices nodes;
  private long freeMegabytes;

  Allotments(Capacity capacity) {
    this.cores = new Devices(capacity.cores().size(), true);
    this.accelerators = new Devices(capacity.accelerators().size(), false);
    this.nodes = new Devices(capacity.nodes().size(), false);
    this.freeMegabytes = capacity.memoryMegabytes();
  }

  /** Whether a task can have what it needs now. */
  boolean fits(Request request) {
    return fits(request, ANY);
  }

  /** Whether a task can have what it needs now, with an accelerator of a certain place. */
  boolean fits(Request request, int accelerator) {
    boolean anyServes = accelerator == ANY || request.accelerators() == 0;
    boolean hasAccelerators =
        anyServes
            ? accelerators.fits(request.accelerators())
            : accelerators.free(accelerator) >= request.accelerators();
    return hasAccelerators
        && cores.fits(request.cores())
        && request.memoryMegabytes() <= freeMegabytes
        && nodes.fits(Devices.WHOLE * request.nodes());
  }

  /** Takes what a task needs, which must fit. */
  Allotment take(Request request) {
    return take(request, ANY);
  }

  /** Takes what a task needs, which must fit, with an accelerator of a certain place. */
  Allotment take(Request request, int accelerator) {
    if (!fits(request, accelerator)) {
      throw new IllegalStateException(request + " does not fit");
    }
    freeMegabytes -= request.memoryMegabytes();
    List<Piece> devices =
        accelerator == ANY || request.accelerators() == 0
            ? accelerators.take(request.accelerators())
            : accelerators.takeOf(accelerator, request.accelerators());
    return new Allotment(
        request, cores.take(request.cores()), devices, nodes.take(Devices.WHOLE * request.nodes()));
  }

  /** Takes back what a task had. */
  void giveBack(Allotment allotment) {
    cores.giveBack(allotment.cores());
    accelerators.giveBack(allotment.accelerators());
    nodes.giveBack(allotment.nodes());
    freeMegabytes += allotment.request().memoryMegabytes();
  }
}
