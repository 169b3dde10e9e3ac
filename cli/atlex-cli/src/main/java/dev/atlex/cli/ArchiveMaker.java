package dev.atlex.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes the archive, in a process of its own: has a JVM go through the usual commands and write down what it has loaded, and
 * puts the file in its place in one step.
 */
final class ArchiveMaker {
    private static final int MINUTES = 10;

    private ArchiveMaker() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Archive archive = Archive.ofLauncher();
        if (archive == null) {
            return;
        }
        Path scratch = Files.createTempDirectory(archive.folder(), "making", Archive.mode("rwx------"));
        Path made = scratch.resolve("archive");
        try {
            // What has failed stays locked, for a while.
            if (train(archive, scratch, made)) {
                try (FileChannel whole = FileChannel.open(made, StandardOpenOption.READ)) {
                    whole.force(true);
                }
                Archive.replace(made, archive.file());
                archive.enlist();
                archive.unlock();
            }
        } finally {
            Archive.delete(scratch);
        }
    }

    private static boolean train(Archive archive, Path scratch, Path made) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Archive.OPTIONS);
        command.addAll(archive.told());
        command.add((Archive.usesAotCache() ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + made);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Training.class.getName()));
        command.add(scratch.resolve("store").toString());
        Process training = Archive.quiet(command).start();
        try {
            return training.waitFor(MINUTES, TimeUnit.MINUTES) && training.exitValue() == 0 && Files.size(made) > 0;
        } finally {
            training.destroyForcibly();
        }
    }
}
