package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.wire.Status;
import org.junit.jupiter.api.Test;

class TaskTableTest {
  private final TaskTable table = new TaskTable();

  private static Batch batch(long first, int count) {
    return new Batch(first, count, new byte[count], ones(count), null, null, null);
  }

  private static int[] ones(int count) {
    int[] ones = new int[count];
    java.util.Arrays.fill(ones, 1);
    return ones;
  }

  private void result(long task, int block, int status, int length) {
    Result result = new Result();
    result.task = task;
    result.status = status;
    result.block = block;
    result.lengthColumn = length;
    table.setResult(task, result);
  }

  @Test
  void batchGoesWithTheLastOfItsTasks() {
    table.submitted(1, 2, batch(1, 2));
    table.dropArguments(1);
    assertThat(table.batchesHeld()).isEqualTo(1);
    table.dropArguments(1);
    assertThat(table.batchesHeld()).isEqualTo(1);
    table.dropArguments(2);
    assertThat(table.batchesHeld()).isZero();
    assertThat(table.batch(2)).isNull();
  }

  @Test
  void taskWithoutContentHasNoRow() {
    table.submitted(1, 1, new Batch(1, 1, new byte[0], null, null, null, null));
    assertThat(table.batchesHeld()).isZero();
    assertThat(table.acknowledged(1)).isTrue();
  }

  @Test
  void blockGoesWithTheLastResultThatPointsIntoIt() {
    int block = table.addBlock(new ResultBlock(new byte[8]));
    result(1, block, Status.OK, 4);
    result(2, block, Status.OK, 4);
    table.dropIfUnused(block);
    table.release(1);
    assertThat(table.blocksHeld()).isEqualTo(1);
    table.release(2);
    assertThat(table.blocksHeld()).isZero();
    table.release(2);
  }

  @Test
  void newResultOfATaskTakesThePlaceOfTheFormer() {
    int first = table.addBlock(new ResultBlock(new byte[8]));
    int second = table.addBlock(new ResultBlock(new byte[9]));
    result(1, first, Status.ERROR, 4);
    result(1, second, Status.OK, 5);
    assertThat(table.blocksHeld()).isEqualTo(1);
    assertThat(table.resultBytes(1)).hasSize(9);
    assertThat(table.status(1)).isEqualTo(Status.OK);
    table.dropResult(1);
    assertThat(table.blocksHeld()).isZero();
    assertThat(table.resultLengthColumn(1)).isZero();
  }

  @Test
  void rowStaysWhileItIsPinnedKeptOrUnacknowledged() {
    table.pin(5000);
    table.pin(5000);
    table.keep(5000);
    assertThat(table.acknowledged(5000)).isFalse();
    assertThat(table.unpin(5000)).isFalse();
    assertThat(table.unpin(5000)).isFalse();
    assertThat(table.unkeep(5000)).isTrue();
    table.release(5000);
    assertThat(table.unkeep(5000)).isFalse();
  }

  @Test
  void pinThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> table.unpin(1)).hasMessageContaining("task 1 is not pinned");
  }

  @Test
  void rowsFarApartDoNotDisturbEachOther() {
    table.pin(1);
    table.pin(4_000_000_000L);
    table.acknowledged(1);
    assertThat(table.unpin(1)).isTrue();
    assertThat(table.unpin(4_000_000_000L)).isFalse();
  }
}
