package fonio.blocks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The blocks of an executor by name, oldest first; of those that ended, the last 32. */
final class Roster {
  private static final int ENDED_KEPT = 32;

  private final Map<String, Block> blocks = new LinkedHashMap<>();
  private int nextId;

  Block add(long nowNanos) {
    Block block = new Block(Integer.toString(nextId++), nowNanos);
    blocks.put(block.id, block);
    return block;
  }

  @Nullable Block get(String id) {
    return blocks.get(id);
  }

  /** The block of this name if it has not ended. */
  @Nullable Block alive(String id) {
    Block block = blocks.get(id);
    return block == null || block.isEnded() ? null : block;
  }

  /** Those that have not ended; a list of its own, so that they may end meanwhile. */
  List<Block> alive() {
    return where(block -> !block.isEnded());
  }

  /** Those that are submitting, pending or running. */
  List<Block> wanted() {
    return where(Block::isWanted);
  }

  private List<Block> where(Predicate<Block> holds) {
    return blocks.values().stream().filter(holds).toList();
  }

  /** Jobs of blocks that have not ended. */
  List<String> jobs() {
    return alive().stream().map(block -> block.job).filter(job -> !job.isEmpty()).toList();
  }

  /** Forgets the oldest of those that ended. */
  void forget() {
    List<Block> ended = where(Block::isEnded);
    ended.stream()
        .limit(Math.max(0, ended.size() - ENDED_KEPT))
        .forEach(block -> blocks.remove(block.id));
  }

  /** What people call those that have not ended and have no manager, by name, oldest first. */
  Map<String, String> unmanned() {
    Map<String, String> titles = new LinkedHashMap<>();
    where(block -> !block.isEnded() && block.managers.isEmpty())
        .forEach(block -> titles.put(block.id, block.title()));
    return titles;
  }

  /** How the block ended, in one line; empty while it has not. */
  Optional<String> end(String id) {
    Block block = blocks.get(id);
    return Optional.ofNullable(block == null ? null : block.end).map(EndedBlock::textWithTail);
  }

  /** A line for each block. */
  Stream<String> describe(long nowNanos) {
    return blocks.values().stream().map(block -> block.text(nowNanos));
  }
}
