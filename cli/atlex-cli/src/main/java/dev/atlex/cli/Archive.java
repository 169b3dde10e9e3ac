package dev.atlex.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The archive of loaded classes that the launcher starts the JVM from: which one this JVM and this jar would have, and what
 * the launcher is told. It is made beside the user's commands, by {@link ArchiveMaker}. All of it is for speed alone: where
 * something is in the way there is no archive, and nothing is said.
 *
 * <p>The folder holds the archives and the file {@value #LIST}, a line for each use of one, which the launcher reads:
 * {@code java|home of the JDK|its version|jar|archive|its size|what the launcher sees of the jar}.
 */
final class Archive {
    static final String LIST = "archives";

    /** Those of the launcher for a short command. */
    static final List<String> OPTIONS =
            List.of("-Xlog:disable", "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final String LOCK = "making";
    private static final int AOT_CACHE_SINCE = 25;
    private static final int FIELDS = 7;
    private static final int MOST_LINES = 8;
    private static final String PRIVATE_FOLDER = "rwx------";
    private static final String PRIVATE_FILE = "rw-------";

    /** What fails does not get better soon, and takes seconds of processor time; nothing takes as long that does not fail. */
    private static final Duration RETRY = Duration.ofHours(1);

    /** An unfinished archive may be one that is being made. */
    private static final Duration LEFT_BEHIND = Duration.ofDays(1);

    private final Path folder;
    private final String java;
    private final String home;
    private final String version;
    private final String jar;
    private final String stamp;

    private Archive(Path folder, String java, String home, String version, String jar, String stamp) {
        this.folder = folder;
        this.java = java;
        this.home = home;
        this.version = version;
        this.jar = jar;
        this.stamp = stamp;
    }

    /** What the launcher has said; null where it has not started this JVM, or is to do without an archive. */
    static @Nullable Archive ofLauncher() {
        String folder = System.getProperty("atlex.cache");
        String java = System.getProperty("atlex.java");
        String home = System.getProperty("atlex.home");
        String version = System.getProperty("atlex.version");
        String jar = System.getProperty("java.class.path");
        String stamp = System.getProperty("atlex.stamp");
        if (folder == null || java == null || home == null || version == null || jar == null || stamp == null) {
            return null;
        }
        return new Archive(Path.of(folder), java, home, version, jar, stamp);
    }

    /** After a command: sees to it that the next one has an archive that fits. */
    static void keepUp() {
        try {
            Archive archive = ofLauncher();
            if (archive != null && !archive.name().equals(System.getProperty("atlex.archive"))) {
                archive.provide();
            }
        } catch (IOException | RuntimeException e) {
            // The next command is as slow as this one.
            return;
        }
    }

    Path folder() {
        return folder;
    }

    /** The file that a JVM as this one, with this jar, has its archive in. */
    Path file() throws IOException {
        return folder.resolve(name());
    }

    private String name() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(Path.of(jar), BasicFileAttributes.class);
        String[] parts = {
            jar,
            Long.toString(attributes.size()),
            Long.toString(attributes.lastModifiedTime().toMillis()),
            System.getProperty("java.home"),
            System.getProperty("java.vm.name"),
            System.getProperty("java.vm.version")
        };
        long hash = 0xcbf29ce484222325L;
        for (String part : parts) {
            for (int i = 0; i < part.length(); i++) {
                hash = (hash ^ part.charAt(i)) * 0x100000001b3L;
            }
            hash = (hash ^ '\n') * 0x100000001b3L;
        }
        return Long.toHexString(hash) + (usesAotCache() ? ".aot" : ".jsa");
    }

    static boolean usesAotCache() {
        return Runtime.version().feature() >= AOT_CACHE_SINCE;
    }

    private void provide() throws IOException {
        String told = String.join("", java, home, version, jar, stamp);
        if (told.indexOf('|') >= 0 || told.indexOf('\n') >= 0 || !prepareFolder()) {
            return;
        }
        if (Files.isRegularFile(file(), LinkOption.NOFOLLOW_LINKS)) {
            enlist();
        } else if (lock()) {
            startMaker();
        }
    }

    /** One that others can write to is not used: what is in an archive is run. */
    private boolean prepareFolder() throws IOException {
        Path parent = folder.getParent();
        if (parent == null
                || !folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return false;
        }
        Files.createDirectories(parent);
        try {
            Files.createDirectory(folder, mode(PRIVATE_FOLDER));
        } catch (FileAlreadyExistsException e) {
            // As it is most of the time.
        }
        return isPrivate(Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    }

    private static boolean isPrivate(PosixFileAttributes folder) throws IOException {
        Set<PosixFilePermission> permissions = folder.permissions();
        return folder.isDirectory()
                && !permissions.contains(PosixFilePermission.GROUP_WRITE)
                && !permissions.contains(PosixFilePermission.OTHERS_WRITE);
    }

    static FileAttribute<Set<PosixFilePermission>> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    /** One process makes the archive; none does for a while after that has failed. */
    private boolean lock() throws IOException {
        Path lock = folder.resolve(LOCK);
        try {
            if (Files.getLastModifiedTime(lock, LinkOption.NOFOLLOW_LINKS)
                    .toInstant()
                    .isBefore(Instant.now().minus(RETRY))) {
                Files.deleteIfExists(lock);
            }
        } catch (NoSuchFileException e) {
            // As it should be.
        }
        try {
            Files.createFile(lock, mode(PRIVATE_FILE));
        } catch (FileAlreadyExistsException e) {
            return false;
        }
        // Whose folder it is shows in who owns what one makes in it.
        return Objects.equals(Files.getOwner(lock), Files.getOwner(folder));
    }

    void unlock() throws IOException {
        Files.deleteIfExists(folder.resolve(LOCK));
    }

    private void startMaker() throws IOException {
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(OPTIONS);
        command.addAll(told());
        command.addAll(List.of("-cp", jar, ArchiveMaker.class.getName()));
        quiet(command).start();
    }

    /** What the launcher says to a JVM that it gives this archive. */
    List<String> told() throws IOException {
        return List.of(
                "-Datlex.cache=" + folder,
                "-Datlex.java=" + java,
                "-Datlex.home=" + home,
                "-Datlex.version=" + version,
                "-Datlex.stamp=" + stamp,
                "-Datlex.archive=" + name());
    }

    /** A process that has nothing of this one's streams, and none of the user's options or secrets. */
    static ProcessBuilder quiet(List<String> command) {
        List<String> all = new ArrayList<>();
        Path nice = Path.of("/usr/bin/nice");
        if (Files.isExecutable(nice)) {
            all.addAll(List.of(nice.toString(), "-n", "19"));
        }
        all.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(all)
                .directory(Path.of("/").toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        builder.environment().keySet().retainAll(Set.of("PATH", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH"));
        return builder;
    }

    /** Tells the launcher of the archive, which is there, and removes those that it is told of no more. */
    void enlist() throws IOException {
        List<String> lines = new ArrayList<>();
        Set<String> archives = new HashSet<>(Set.of(name()));
        lines.add(String.join("|", java, home, version, jar, name(), Long.toString(Files.size(file())), stamp));
        Path list = folder.resolve(LIST);
        if (Files.isRegularFile(list, LinkOption.NOFOLLOW_LINKS)) {
            for (String line : Files.readAllLines(list, UTF_8)) {
                String[] fields = line.split("\\|", -1);
                boolean other = fields.length == FIELDS && !(fields[0].equals(java) && fields[3].equals(jar));
                if (other && lines.size() < MOST_LINES && Files.exists(folder.resolve(fields[4]))) {
                    lines.add(line);
                    archives.add(fields[4]);
                }
            }
        }
        Path written = Files.createTempFile(folder, "archives", ".tmp", mode(PRIVATE_FILE));
        Files.writeString(written, String.join("\n", lines) + "\n", UTF_8);
        replace(written, list);
        removeOthers(archives);
    }

    static void replace(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.deleteIfExists(from);
            throw e;
        }
    }

    private void removeOthers(Set<String> archives) throws IOException {
        Instant old = Instant.now().minus(LEFT_BEHIND);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "{*.jsa,*.aot,*.tmp,making?*}")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                boolean archive = name.endsWith(".jsa") || name.endsWith(".aot");
                if (archive
                        ? !archives.contains(name)
                        : Files.getLastModifiedTime(file).toInstant().isBefore(old)) {
                    delete(file);
                }
            }
        }
    }

    /** A file, or a folder with all that is in it. */
    static void delete(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
