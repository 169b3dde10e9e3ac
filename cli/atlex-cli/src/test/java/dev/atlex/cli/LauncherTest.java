package dev.atlex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Starts the launcher script as a user would, next to a jar that refers to the classes under test. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a sh script")
class LauncherTest {
    /** A generous limit for one JVM on a busy machine. */
    private static final int SECONDS = 120;

    private static final Done NOT_SIGNED_IN =
            new Done(3, "", "error: NotSignedIn: no session is stored; run atlex login\n");

    @TempDir
    Path temp;

    /** A folder on the PATH with java and with a link to a link to the launcher. */
    private Path bin = Path.of("");

    private Path program = Path.of("");

    private record Done(int status, String out, String err) {}

    @BeforeEach
    void install() throws Exception {
        program = Files.createDirectories(temp.resolve("my program"));
        Path launcher = Files.copy(Path.of("src/main/launcher/atlex"), program.resolve("atlex"));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        writeJar(program.resolve("atlex.jar"));
        bin = Files.createDirectories(temp.resolve("my bin"));
        Files.createSymbolicLink(bin.resolve("direct"), launcher);
        Files.createSymbolicLink(bin.resolve("atlex"), Path.of("direct"));
        Files.createSymbolicLink(bin.resolve("jdk"), Path.of(System.getProperty("java.home")));
        Files.createSymbolicLink(bin.resolve("java"), Path.of("jdk/bin/java"));
    }

    /** Writes a jar without classes, whose manifest names the class path of the tests. */
    private static void writeJar(Path jar) throws IOException {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            entries.add(Path.of(entry).toUri().toString());
        }
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        attributes.put(Attributes.Name.CLASS_PATH, String.join(" ", entries));
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }

    /** Returns a command that fails because no session is stored. */
    private ProcessBuilder whoami(Path launcher) throws IOException {
        return command(launcher, "whoami", "--store", temp.resolve("store").toString());
    }

    private ProcessBuilder command(Path launcher, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Files.createDirectories(temp.resolve("elsewhere")).toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", bin + ":/usr/bin:/bin");
        environment.put("HOME", Files.createDirectories(temp.resolve("home")).toString());
        return builder;
    }

    private Done run(ProcessBuilder builder) throws Exception {
        Path out = Files.createTempFile(temp, "out", "");
        Path err = Files.createTempFile(temp, "err", "");
        Process process = builder.redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Done(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    @Test
    void jarIsFoundThroughSymbolicLinks() throws Exception {
        assertThat(run(whoami(bin.resolve("atlex")))).isEqualTo(NOT_SIGNED_IN);
    }

    @Test
    void jarIsFoundThroughRelativePaths() throws Exception {
        ProcessBuilder dotted = whoami(Path.of("./atlex")).directory(program.toFile());
        assertThat(run(dotted)).isEqualTo(NOT_SIGNED_IN);
        ProcessBuilder bare = whoami(Path.of("/bin/sh")).directory(program.toFile());
        bare.command().add(1, "atlex");
        assertThat(run(bare)).isEqualTo(NOT_SIGNED_IN);
    }

    @Test
    void argumentsAndStandardStreamsPassUnchanged() throws Exception {
        Path input = Files.writeString(temp.resolve("input"), "{\"a\":1}\n");
        ProcessBuilder cid = command(bin.resolve("atlex"), "cid");
        Path out = temp.resolve("cid");
        Process process =
                cid.redirectInput(input.toFile()).redirectOutput(out.toFile()).start();
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(Files.readString(out)).startsWith("bafyrei");
        Done quoted = run(command(bin.resolve("atlex"), "import", "no  such * file"));
        assertThat(quoted.err()).contains("no  such * file").hasLineCount(1);
        assertThat(quoted.status()).isEqualTo(2);
    }

    @Test
    void nothingIsLeftBehind() throws Exception {
        ProcessBuilder whoami = whoami(bin.resolve("atlex"));
        whoami.environment().put("XDG_CACHE_HOME", temp.resolve("cache").toString());
        assertThat(run(whoami)).isEqualTo(NOT_SIGNED_IN);
        assertThat(temp.resolve("cache")).doesNotExist();
        assertThat(temp.resolve("store")).doesNotExist();
        assertThat(temp.resolve("home")).isEmptyDirectory();
        try (Stream<Path> files = Files.list(program)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("atlex", "atlex.jar");
        }
    }

    @Test
    void noWritableFolderIsNeeded() throws Exception {
        ProcessBuilder whoami = whoami(bin.resolve("atlex"));
        whoami.environment().remove("HOME");
        whoami.environment().put("TMPDIR", "/proc");
        assertThat(run(whoami)).isEqualTo(NOT_SIGNED_IN);
    }

    @Nested
    class JvmOptions {
        @Test
        void userOptionsArePassedToTheJvm() throws Exception {
            for (String options : List.of("-XX:+UseParallelGC", "-XX:+UseSerialGC", "-Xshare:auto", "-Xshare:off")) {
                ProcessBuilder whoami = whoami(bin.resolve("atlex"));
                whoami.environment().put("ATLEX_JAVA_OPTS", options + " -Xmx64m");
                assertThat(run(whoami)).as(options).isEqualTo(NOT_SIGNED_IN);
            }
            ProcessBuilder cid = command(bin.resolve("atlex"), "cid");
            cid.environment().put("ATLEX_JAVA_OPTS", "-Xmx96m -XX:+PrintCommandLineFlags");
            assertThat(run(cid).out()).contains("MaxHeapSize=100663296");
        }

        @Test
        void jvmWarningsGoToStderr() throws Exception {
            ProcessBuilder cid = command(bin.resolve("atlex"), "cid");
            cid.environment().put("ATLEX_JAVA_OPTS", "-XX:+UseSerialGC -XX:MaxNewSize=1g -Xmx64m");
            Done done = run(cid);
            assertThat(done.status()).isZero();
            assertThat(done.out()).isEmpty();
            assertThat(done.err()).contains("MaxNewSize").hasLineCount(1);
        }
    }

    @Nested
    class FindingJava {
        @Test
        void javaMissing_reportsNoJava() throws Exception {
            // There is no readlink either, so links can't be followed.
            ProcessBuilder none = whoami(program.resolve("atlex"));
            none.environment().put("PATH", temp.toString());
            Done done = run(none);
            assertThat(done.err())
                    .startsWith("error: NoJava: no java on the PATH")
                    .hasLineCount(1);
            assertThat(done.status()).isEqualTo(2);
        }

        @Test
        void javaHomeWrong_reportsNoJava() throws Exception {
            ProcessBuilder wrong = whoami(bin.resolve("atlex"));
            wrong.environment().put("JAVA_HOME", temp.resolve("no such").toString());
            Done done = run(wrong);
            assertThat(done.err())
                    .startsWith("error: NoJava: ")
                    .contains("no such")
                    .hasLineCount(1);
            assertThat(done.status()).isEqualTo(2);
        }

        @Test
        void javaTooOld_reportsNoJavaAndItsVersion() throws Exception {
            Path old = Files.createDirectories(temp.resolve("old/bin"));
            Files.createSymbolicLink(old.resolve("java"), Path.of("/bin/false"));
            ProcessBuilder whoami = whoami(bin.resolve("atlex"));
            whoami.environment().put("JAVA_HOME", temp.resolve("old").toString());
            for (String version : List.of("11.0.2", "1.8.0_402")) {
                Files.writeString(temp.resolve("old/release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
                Done done = run(whoami);
                assertThat(done.err())
                        .startsWith("error: NoJava: ")
                        .contains("is Java " + version)
                        .hasLineCount(1);
                assertThat(done.status()).isEqualTo(2);
            }
        }

        @Test
        void javaHomeTakesPrecedenceOverThePath() throws Exception {
            Path bad = Files.createDirectories(temp.resolve("bad"));
            Files.createSymbolicLink(bad.resolve("java"), Path.of("/bin/false"));
            ProcessBuilder whoami = whoami(bin.resolve("atlex"));
            whoami.environment().put("PATH", bad + ":/usr/bin:/bin");
            whoami.environment().put("JAVA_HOME", System.getProperty("java.home"));
            assertThat(run(whoami)).isEqualTo(NOT_SIGNED_IN);
        }
    }
}
