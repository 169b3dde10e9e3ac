package dev.atlex.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher beside a jar of the classes under test, started as users start it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it is a script for sh")
class LauncherTest {
    /** Far more than it takes: several JVMs one after the other, at the lowest priority, on a machine that does other things. */
    private static final int SECONDS = 300;

    private static final String TEST_LIBRARIES =
            ".*(junit|assertj|byte-buddy|opentest4j|apiguardian|surefire)[^/]*\\.jar";
    private static final String NOT_SIGNED_IN = "error: NotSignedIn: no session is stored; atlex login makes one\n";

    /** The program as it is installed; a link to it; a folder of the PATH with a link to Java; a cache that is filled. */
    @TempDir
    static Path installed;

    @TempDir
    Path temp;

    private record Done(int status, String out, String err) {}

    @BeforeAll
    static void install() throws Exception {
        Path program = Files.createDirectories(installed.resolve("program"));
        Files.copy(Path.of("src/main/launcher/atlex"), program.resolve("atlex"));
        assertThat(program.resolve("atlex").toFile().setExecutable(true)).isTrue();
        writeJar(program.resolve("atlex.jar"));
        Path bin = Files.createDirectories(installed.resolve("my bin"));
        Files.createSymbolicLink(bin.resolve("direct"), program.resolve("atlex"));
        Files.createSymbolicLink(bin.resolve("atlex"), Path.of("direct"));
        Files.createSymbolicLink(bin.resolve("jdk"), Path.of(System.getProperty("java.home")));
        Files.createSymbolicLink(bin.resolve("java"), Path.of("jdk/bin/java"));
        // What there is at the end of the first use of the program.
        LauncherTest first = new LauncherTest();
        first.temp = Files.createDirectories(installed.resolve("first"));
        first.whoamiSaysWhatItShould(first.launcher());
        first.awaitList();
    }

    /** The class path of the tests in one jar: folders can't be archived. */
    private static void writeJar(Path jar) throws IOException {
        Set<String> written = new HashSet<>();
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.setLevel(Deflater.NO_COMPRESSION);
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                Path path = Path.of(entry);
                if (Files.isDirectory(path) && !path.endsWith("test-classes")) {
                    try (Stream<Path> files = Files.walk(path)) {
                        for (Path file : files.filter(Files::isRegularFile).toList()) {
                            try (InputStream in = Files.newInputStream(file)) {
                                write(out, written, path.relativize(file).toString(), in);
                            }
                        }
                    }
                } else if (Files.isRegularFile(path) && !entry.matches(TEST_LIBRARIES)) {
                    try (JarFile from = new JarFile(path.toFile())) {
                        for (Enumeration<? extends ZipEntry> all = from.entries(); all.hasMoreElements(); ) {
                            ZipEntry next = all.nextElement();
                            try (InputStream in = from.getInputStream(next)) {
                                write(out, written, next.getName(), in);
                            }
                        }
                    }
                }
            }
        }
    }

    private static void write(JarOutputStream out, Set<String> written, String name, InputStream in)
            throws IOException {
        if (!name.endsWith("/") && !name.endsWith("module-info.class") && written.add(name)) {
            out.putNextEntry(new ZipEntry(name));
            in.transferTo(out);
            out.closeEntry();
        }
    }

    private Path launcher() {
        return installed.resolve("my bin").resolve("atlex");
    }

    private Path cache() {
        return temp.resolve("cache").resolve("atlex");
    }

    private Path list() {
        return cache().resolve("archives");
    }

    private ProcessBuilder command(Path launcher, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Files.createDirectories(temp.resolve("elsewhere")).toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", installed.resolve("my bin") + ":/usr/bin:/bin");
        environment.put("HOME", temp.resolve("home").toString());
        environment.put("XDG_CACHE_HOME", cache().getParent().toString());
        return builder;
    }

    private Done run(ProcessBuilder builder) throws Exception {
        return finish(start(builder));
    }

    private record Started(Process process, Path out, Path err) {}

    private Started start(ProcessBuilder builder) throws IOException {
        Path out = Files.createTempFile(temp, "out", "");
        Path err = Files.createTempFile(temp, "err", "");
        return new Started(
                builder.redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start(),
                out,
                err);
    }

    private static Done finish(Started started) throws Exception {
        try {
            assertThat(started.process().waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            started.process().destroyForcibly();
        }
        return new Done(
                started.process().exitValue(), Files.readString(started.out()), Files.readString(started.err()));
    }

    /** Nobody is signed in: that, and nothing else. */
    private ProcessBuilder whoami(Path launcher) throws IOException {
        return command(launcher, "whoami", "--store", temp.resolve("store").toString());
    }

    private void whoamiSaysWhatItShould(Path launcher) throws Exception {
        assertThat(run(whoami(launcher))).isEqualTo(new Done(3, "", NOT_SIGNED_IN));
    }

    /** Whether the program's classes come from an archive. */
    private boolean usesArchive(Path launcher) throws Exception {
        Path log = Files.createTempFile(temp, "classes", "");
        ProcessBuilder whoami = whoami(launcher);
        whoami.environment().put("ATLEX_JAVA_OPTS", "-Xint -Xlog:class+load:file=" + log);
        assertThat(run(whoami)).isEqualTo(new Done(3, "", NOT_SIGNED_IN));
        String main = Files.readAllLines(log, UTF_8).stream()
                .filter(line -> line.contains(" dev.atlex.cli.Main "))
                .findFirst()
                .orElseThrow();
        return main.contains("shared objects file");
    }

    private @Nullable String listed() throws IOException {
        if (!Files.exists(list())) {
            return null;
        }
        String line = Files.readAllLines(list(), UTF_8).get(0);
        return line.split("\\|")[4];
    }

    private void awaitList() throws Exception {
        awaitOther(null);
    }

    /** Waits until another archive is listed and nothing is being made any more. */
    private void awaitOther(@Nullable String old) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        try (WatchService changes = cache().getFileSystem().newWatchService()) {
            cache().register(changes, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);
            while (listed() == null || listed().equals(old) || names().anyMatch(name -> name.startsWith("making"))) {
                assertThat(System.nanoTime())
                        .as("no archive; there is %s", names().toList())
                        .isLessThan(deadline);
                var key = changes.poll(1, TimeUnit.SECONDS);
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
            }
        }
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(cache())) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    /** As after the first use. */
    private Path withCache() throws IOException {
        Files.createDirectories(cache().getParent());
        Files.createDirectory(cache(), Archive.mode("rwx------"));
        try (Stream<Path> files = Files.list(installed.resolve("first/cache/atlex"))) {
            for (Path file : files.toList()) {
                Files.copy(file, cache().resolve(file.getFileName()));
            }
        }
        return cache().resolve(String.valueOf(listed()));
    }

    @Test
    void theSecondUseStartsFromTheArchiveThatTheFirstHasMade() throws Exception {
        Path archive = withCache();
        assertThat(usesArchive(launcher())).isTrue();
        assertThat(names())
                .containsExactlyInAnyOrder("archives", archive.getFileName().toString());
        Path first = installed.resolve("first");
        assertThat(Files.getPosixFilePermissions(first.resolve("cache/atlex")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(first.resolve("home")).doesNotExist();
        assertThat(first.resolve("store")).doesNotExist();
    }

    @Test
    void anArchiveThatIsBrokenIsNoArchive() throws Exception {
        Path archive = withCache();
        byte[] whole = Files.readAllBytes(archive);
        assertThat(archive.toFile().setWritable(true)).isTrue();
        Files.write(archive, java.util.Arrays.copyOf(whole, whole.length / 2));
        whoamiSaysWhatItShould(launcher());
        Files.writeString(archive, "nonsense");
        whoamiSaysWhatItShould(launcher());
        Files.write(archive, new byte[0]);
        whoamiSaysWhatItShould(launcher());
        Files.writeString(list(), "nonsense\n||||||\n");
        whoamiSaysWhatItShould(launcher());
    }

    /** JDK 17 archives no class of a jar in such a folder; but all works. */
    @Test
    void theFolderMayHaveSpacesInItsName() throws Exception {
        Path program = Files.createDirectories(temp.resolve("my program"));
        Files.copy(installed.resolve("program/atlex.jar"), program.resolve("atlex.jar"));
        Path launcher = Files.copy(installed.resolve("program/atlex"), program.resolve("atlex"));
        ProcessBuilder whoami = whoami(launcher);
        whoami.environment().put("ATLEX_NO_ARCHIVE", "1");
        assertThat(run(whoami)).isEqualTo(new Done(3, "", NOT_SIGNED_IN));
    }

    @Test
    void aFolderThatOthersCanWriteToIsNotUsed() throws Exception {
        withCache();
        Files.setPosixFilePermissions(cache(), PosixFilePermissions.fromString("rwxrwxr-x"));
        assertThat(usesArchive(launcher())).isFalse();
        Files.setPosixFilePermissions(cache(), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(usesArchive(launcher())).isTrue();
        // Nor filled.
        Files.setPosixFilePermissions(cache(), PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.delete(list());
        whoamiSaysWhatItShould(launcher());
        assertThat(list()).doesNotExist();
    }

    @Test
    void aFolderThatOthersCanExchangeIsNotUsed() throws Exception {
        withCache();
        Path parent = cache().getParent();
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(usesArchive(launcher())).isFalse();
        Files.setAttribute(parent, "unix:mode", 01777);
        assertThat(usesArchive(launcher())).as("sticky, as /tmp").isTrue();
    }

    @Test
    void aFolderOfAnotherUserIsNeitherUsedNorFilled() throws Exception {
        assumeThat((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
                .as("only root may give files away")
                .isZero();
        withCache();
        Files.delete(list());
        Files.setAttribute(cache(), "unix:uid", 65_000);
        whoamiSaysWhatItShould(launcher());
        assertThat(list()).doesNotExist();
    }

    @Test
    void aLinkIsNotTakenForAnArchive() throws Exception {
        Path archive = withCache();
        Path other = Files.move(archive, temp.resolve("other.jsa"));
        Files.createSymbolicLink(archive, other);
        assertThat(usesArchive(launcher())).isFalse();
    }

    @Test
    void worksWhereNothingCanBeKept() throws Exception {
        Files.writeString(temp.resolve("cache"), "a file");
        whoamiSaysWhatItShould(launcher());
        ProcessBuilder homeless = whoami(launcher());
        homeless.environment().remove("HOME");
        homeless.environment().remove("XDG_CACHE_HOME");
        assertThat(run(homeless)).isEqualTo(new Done(3, "", NOT_SIGNED_IN));
    }

    @Test
    void keepsNothingWhereItIsToldNotTo() throws Exception {
        ProcessBuilder whoami = whoami(launcher());
        whoami.environment().put("ATLEX_NO_ARCHIVE", "1");
        assertThat(run(whoami)).isEqualTo(new Done(3, "", NOT_SIGNED_IN));
        assertThat(cache()).doesNotExist();
    }

    @Test
    void twoAtOnceMakeOneArchiveAndANewJarAnother() throws Exception {
        Path program = Files.createDirectories(temp.resolve("program"));
        Path jar = program.resolve("atlex.jar");
        Files.copy(installed.resolve("program/atlex.jar"), jar);
        Path launcher = Files.copy(installed.resolve("program/atlex"), program.resolve("atlex"));
        Started one = start(whoami(launcher));
        Started two = start(whoami(launcher));
        assertThat(finish(one)).isEqualTo(new Done(3, "", NOT_SIGNED_IN));
        assertThat(finish(two)).isEqualTo(new Done(3, "", NOT_SIGNED_IN));
        awaitList();
        String first = String.valueOf(listed());
        assertThat(names()).containsExactlyInAnyOrder("archives", first);
        assertThat(Files.getPosixFilePermissions(list())).isEqualTo(PosixFilePermissions.fromString("rw-------"));

        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        assertThat(usesArchive(launcher)).isFalse();
        awaitOther(first);
        assertThat(names()).containsExactlyInAnyOrder("archives", String.valueOf(listed()));
        assertThat(usesArchive(launcher)).isTrue();
    }

    @Test
    void saysWhatIsWrongWithJava() throws Exception {
        ProcessBuilder none = whoami(launcher());
        // Without readlink, the link's target is started.
        none.command().set(0, installed.resolve("program/atlex").toString());
        none.environment().put("PATH", temp.toString());
        Done noJava = run(none);
        assertThat(noJava.err())
                .startsWith("error: NoJava: no java on the PATH")
                .hasLineCount(1);
        assertThat(noJava.status()).isEqualTo(2);

        ProcessBuilder wrong = whoami(launcher());
        wrong.environment().put("JAVA_HOME", temp.resolve("no such").toString());
        assertThat(run(wrong).err())
                .startsWith("error: NoJava: ")
                .contains("no such")
                .hasLineCount(1);

        Path old = Files.createDirectories(temp.resolve("old/bin"));
        Files.createSymbolicLink(old.resolve("java"), Path.of("/bin/false"));
        Files.writeString(temp.resolve("old/release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"11.0.2\"\n");
        wrong.environment().put("JAVA_HOME", temp.resolve("old").toString());
        Done tooOld = run(wrong);
        assertThat(tooOld.err())
                .startsWith("error: NoJava: ")
                .contains("is Java 11.0.2")
                .hasLineCount(1);
        assertThat(tooOld.status()).isEqualTo(2);
        Files.writeString(temp.resolve("old/release"), "JAVA_VERSION=\"1.8.0_402\"\n");
        assertThat(run(wrong).err()).contains("is Java 1.8.0_402");
    }

    @Test
    void javaHomeGoesBeforeThePath() throws Exception {
        Path bin = Files.createDirectories(temp.resolve("bad"));
        Files.createSymbolicLink(bin.resolve("java"), Path.of("/bin/false"));
        ProcessBuilder whoami = whoami(launcher());
        whoami.environment().put("PATH", bin + ":/usr/bin:/bin");
        whoami.environment().put("JAVA_HOME", System.getProperty("java.home"));
        whoami.environment().put("ATLEX_NO_ARCHIVE", "1");
        assertThat(run(whoami)).isEqualTo(new Done(3, "", NOT_SIGNED_IN));
    }

    /** Where the launcher has options of that kind too, the JVM would refuse to start. */
    @Test
    void theUsersOptionsForJavaGoFirst() throws Exception {
        withCache();
        for (String options : List.of("-XX:+UseParallelGC", "-Xshare:auto", "-Xshare:off")) {
            ProcessBuilder whoami = whoami(launcher());
            whoami.environment().put("ATLEX_JAVA_OPTS", options + " -Xmx64m");
            assertThat(run(whoami)).as(options).isEqualTo(new Done(3, "", NOT_SIGNED_IN));
        }
    }

    @Test
    void onlyShortCommandsAreCompiledInHaste() throws Exception {
        ProcessBuilder cid = command(launcher(), "cid");
        cid.environment().put("ATLEX_JAVA_OPTS", "-XX:+PrintCommandLineFlags");
        cid.environment().put("ATLEX_NO_ARCHIVE", "1");
        Done lines = run(cid);
        assertThat(lines.status()).isZero();
        assertThat(lines.out()).contains("-XX:-UsePerfData").doesNotContain("TieredStopAtLevel");
        ProcessBuilder sessions = command(launcher(), "sessions");
        sessions.environment().putAll(cid.environment());
        assertThat(run(sessions).out()).contains("TieredStopAtLevel=1");
    }
}
