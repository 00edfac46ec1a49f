package fonio.bench;

/** One thing of a simulation that does its work piece by piece: a thread, or a cable. */
final class Server {
  private double freeAt;
  private double busy;

  /** Takes a piece that comes at a time; when it is done. */
  double serve(double at, double seconds) {
    freeAt = Math.max(at, freeAt) + seconds;
    busy += seconds;
    return freeAt;
  }

  /** For how many seconds it had work until a time; what it has not done yet is left out. */
  double busyUntil(double time) {
    return busy - Math.max(0, freeAt - time);
  }
}
