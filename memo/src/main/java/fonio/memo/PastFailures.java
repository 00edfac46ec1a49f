package fonio.memo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The failed tasks that a state database has of one run; the database is only read. */
public final class PastFailures {
  private PastFailures() {}

  /**
   * The failed tasks of a run, by number; none when there is no database.
   *
   * @param file the database
   * @param run the name of the run's folder, {@code 007}: the tree may have been moved since
   */
  public static List<FailedTask> of(Path file, String run) {
    if (!Files.exists(file)) {
      return List.of();
    }
    List<FailedTask> found = new ArrayList<>();
    try {
      NativeLibrary.prepare();
      try (Connection connection =
              DriverManager.getConnection("jdbc:sqlite:" + file.toUri() + "?mode=ro");
          PreparedStatement query =
              connection.prepareStatement(
                  "SELECT folder, task, function, ending, error FROM failures"
                      + " WHERE folder LIKE '%/runs/' || ? ORDER BY task")) {
        query.setString(1, run);
        try (ResultSet rows = query.executeQuery()) {
          while (rows.next()) {
            found.add(
                new FailedTask(
                    rows.getString(1),
                    rows.getLong(2),
                    rows.getString(3),
                    rows.getString(4),
                    rows.getString(5)));
          }
        }
      }
    } catch (SQLException | IOException e) {
      throw new StoreException(file + " could not be read: " + e.getMessage(), e);
    }
    return found;
  }
}
