package fonio.memo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** The SQLite file: {@code docs/state.md} has its tables. One thread uses it. */
final class Database implements AutoCloseable {
  private static final String[] TABLES = {
    "CREATE TABLE IF NOT EXISTS memo (key BLOB PRIMARY KEY, function TEXT NOT NULL, payload BLOB NOT NULL,"
        + " kept INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS runs (folder TEXT PRIMARY KEY, started INTEGER NOT NULL, ended INTEGER NOT NULL,"
        + " account TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS failures (folder TEXT NOT NULL, task INTEGER NOT NULL, function TEXT NOT NULL,"
        + " ending TEXT NOT NULL, error TEXT NOT NULL, PRIMARY KEY (folder, task))",
  };

  private final Connection connection;
  private final PreparedStatement find;
  private final PreparedStatement keep;
  private final PreparedStatement replace;
  private final PreparedStatement run;
  private final PreparedStatement failure;

  private Database(Connection connection) throws SQLException {
    this.connection = connection;
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 10000");
      statement.execute("PRAGMA journal_mode = DELETE");
      for (String table : TABLES) {
        statement.execute(table);
      }
    }
    find = connection.prepareStatement("SELECT payload FROM memo WHERE key = ?");
    keep =
        connection.prepareStatement(
            "INSERT OR IGNORE INTO memo (key, function, payload, kept) VALUES (?, ?, ?, ?)");
    replace =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO memo (key, function, payload, kept) VALUES (?, ?, ?, ?)");
    run =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO runs (folder, started, ended, account) VALUES (?, ?, ?, ?)");
    failure =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO failures (folder, task, function, ending, error) VALUES (?, ?, ?, ?, ?)");
  }

  /** Opens the file, and makes it when it is not there. */
  static Database open(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      NativeLibrary.prepare();
      return new Database(DriverManager.getConnection("jdbc:sqlite:" + file));
    } catch (SQLException | IOException e) {
      throw new StoreException(String.valueOf(e.getMessage()), e);
    }
  }

  byte @Nullable [] find(byte[] key) {
    try {
      find.setBytes(1, key);
      try (ResultSet rows = find.executeQuery()) {
        return rows.next() ? rows.getBytes(1) : null;
      }
    } catch (SQLException e) {
      throw new StoreException(String.valueOf(e.getMessage()), e);
    }
  }

  void keep(byte[] key, String function, byte[] payload, boolean anew) {
    PreparedStatement insert = anew ? replace : keep;
    execute(
        insert,
        () -> {
          insert.setBytes(1, key);
          insert.setString(2, function);
          insert.setBytes(3, payload);
          insert.setLong(4, System.currentTimeMillis());
        });
  }

  /** Notes a run, in the place of what is noted of it. */
  void run(RunRecord record) {
    execute(
        run,
        () -> {
          run.setString(1, record.folder());
          run.setLong(2, record.startedMillis());
          run.setLong(3, record.endedMillis());
          run.setString(4, record.account());
        });
  }

  void failed(FailedTask task) {
    execute(
        failure,
        () -> {
          failure.setString(1, task.folder());
          failure.setLong(2, task.task());
          failure.setString(3, task.function());
          failure.setString(4, task.ending());
          failure.setString(5, task.error());
        });
  }

  /** Does all of it, or nothing. */
  void transaction(Runnable work) {
    try {
      connection.setAutoCommit(false);
      try {
        work.run();
        connection.commit();
      } catch (RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new StoreException(String.valueOf(e.getMessage()), e);
    }
  }

  @FunctionalInterface
  private interface Binding {
    void bind() throws SQLException;
  }

  private static void execute(PreparedStatement statement, Binding binding) {
    try {
      binding.bind();
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new StoreException(String.valueOf(e.getMessage()), e);
    }
  }
}
