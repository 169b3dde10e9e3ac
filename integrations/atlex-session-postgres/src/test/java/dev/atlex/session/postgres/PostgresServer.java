package dev.atlex.session.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.postgresql.ds.PGSimpleDataSource;
import org.tukaani.xz.XZInputStream;

/**
 * A real PostgreSQL server, which is started once for all tests in this JVM from the binaries in a Maven artifact, on
 * Linux and macOS. It stops and deletes its folder when the JVM exits or is killed, because a shell waits for the end
 * of its input.
 *
 * <p>PostgreSQL refuses to run as root. If the tests run as root, the server runs as {@code nobody}, started by
 * {@code setpriv}, {@code runuser} or {@code su}, or in a user namespace created by {@code unshare}, whichever works
 * first.
 */
public final class PostgresServer {
    private static final String NOBODY = "65534";
    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    /** $1: the server's folder, followed by the command that starts the server. */
    private static final String KEEPER = """
            dir=$1; shift
            halt() { kill -"$1" "$(head -n 1 "$dir/data/postmaster.pid")"; wait; }
            "$@" < /dev/null &
            while read -r order; do
              case $order in
                stop) halt QUIT; echo stopped ;;
                start) "$@" < /dev/null & echo started ;;
              esac
            done
            halt QUIT
            rm -rf "$dir"
            """;

    private static PostgresServer shared;

    private final Path folder;
    private final int port;
    private final Process keeper;

    private PostgresServer() throws Exception {
        folder = Files.createTempDirectory("atlex-postgres");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        unpack();
        List<String> user = otherUser();
        Path data = Files.createDirectory(folder.resolve("data"));
        if (!user.isEmpty() && !user.get(0).equals("unshare")) {
            Files.setAttribute(data, "unix:uid", Integer.valueOf(NOBODY));
            Files.setAttribute(data, "unix:gid", Integer.valueOf(NOBODY));
        }
        run(command(
                user,
                "initdb",
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync",
                "-D",
                "data"));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        List<String> keep = new ArrayList<>(List.of("sh", "-c", KEEPER, "keeper", folder.toString()));
        keep.addAll(command(user, "postgres", "-D", "data", "-p", Integer.toString(port), "-h", "127.0.0.1"));
        // The tests kill processes, not the machine.
        for (String setting : List.of("unix_socket_directories=", "fsync=off", "max_connections=200")) {
            keep.addAll(List.of("-c", setting));
        }
        keeper = new ProcessBuilder(keep)
                .directory(folder.toFile())
                .redirectError(folder.resolve("log").toFile())
                .start();
        awaitReady();
    }

    /** Returns the server that all tests in this JVM share. */
    public static synchronized PostgresServer get() {
        if (shared == null) {
            try {
                shared = new PostgresServer();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (Exception e) {
                throw new IllegalStateException("PostgreSQL could not be started", e);
            }
        }
        return shared;
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** Returns a source of superuser connections. */
    public PGSimpleDataSource source() {
        return source(url(), "postgres");
    }

    public static PGSimpleDataSource source(String url, String user) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        return source;
    }

    /** Runs statements as a superuser. */
    public void sql(String... statements) {
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops the server in the way a crash does: all connections break. */
    public void stop() throws IOException {
        order("stop", "stopped");
    }

    /** Starts the server again. It may not accept connections yet. */
    public void start() throws IOException {
        order("start", "started");
    }

    /** Waits until the server accepts connections. */
    public void awaitReady() throws Exception {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (true) {
            try (Connection connection = source().getConnection()) {
                assertThat(connection.isValid(10)).isTrue();
                return;
            } catch (SQLException e) {
                if (System.nanoTime() > end || !keeper.isAlive()) {
                    throw new IllegalStateException(Files.readString(folder.resolve("log")), e);
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    private void order(String order, String reply) throws IOException {
        keeper.getOutputStream().write((order + "\n").getBytes(StandardCharsets.UTF_8));
        keeper.getOutputStream().flush();
        assertThat(keeper.inputReader().readLine()).isEqualTo(reply);
    }

    private List<String> command(List<String> user, String program, String... arguments) {
        List<String> command = new ArrayList<>(user);
        command.add(folder.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /** Returns the prefix for a command that must not run as root. Empty if the tests don't run as root. */
    private List<String> otherUser() throws Exception {
        List<List<String>> ways = List.of(
                List.of(),
                List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"),
                List.of("runuser", "-u", "nobody", "--"),
                List.of("su", "-s", "/usr/bin/env", "nobody", "--"),
                List.of("unshare", "-U", "--"));
        for (List<String> way : ways) {
            List<String> command = new ArrayList<>(way);
            command.addAll(List.of("id", "-u"));
            try {
                if (!run(command).equals("0")) {
                    return way;
                }
            } catch (IOException e) {
                // Not installed, or not permitted.
            }
        }
        throw new IllegalStateException("PostgreSQL doesn't run as root, and none of " + ways + " works");
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + output);
        }
        return output;
    }

    private void unpack() throws IOException {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String cpu = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        String archive = "/postgres-" + system + "-" + cpu + ".txz";
        try (InputStream packed = PostgresServer.class.getResourceAsStream(archive)) {
            assertThat(packed).as(archive).isNotNull();
            TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)));
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(file.getParent());
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(tar, file);
                    if ((entry.getMode() & 0100) != 0) {
                        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
                    }
                }
            }
        }
    }
}
