package dev.atlex.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexException;
import dev.atlex.syntax.Did;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Sessions in a folder, one file of JSON an account. On POSIX systems the folder is its owner's alone (mode 0700), and so
 * are the files (0600). A file is written beside the old one, flushed to the disk and put in its place in one step: a
 * crash leaves the old or the new session, never half of one.
 */
public final class FileSessionStore implements SessionStore {
    private static final String SUFFIX = ".json";
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path folder;

    /** @param folder made when the first session is saved */
    public FileSessionStore(Path folder) {
        this.folder = folder;
    }

    /** The folder. */
    public Path folder() {
        return folder;
    }

    /**
     * {@inheritDoc}
     *
     * @throws UncheckedIOException if the file can't be read, is damaged, or holds another account's session; the message
     *     names the file and shows nothing of its content
     */
    @Override
    public @Nullable SessionData load(Did did) {
        Path file = file(did);
        SessionData data = read(file);
        if (data != null && !data.did().equals(did)) {
            throw new UncheckedIOException(new IOException(file + " holds another account's session"));
        }
        return data;
    }

    private static @Nullable SessionData read(Path file) {
        try {
            return SessionData.parse(Files.readString(file, UTF_8));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file, e);
        } catch (LexException e) {
            throw new UncheckedIOException(new IOException(file + " is damaged: " + e.getMessage(), e));
        }
    }

    @Override
    public List<SessionData> list() {
        List<SessionData> sessions = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return sessions;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "did_*" + SUFFIX)) {
            for (Path file : files) {
                SessionData data = read(file);
                if (data != null) {
                    sessions.add(data);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't list " + folder, e);
        } catch (DirectoryIteratorException e) {
            throw new UncheckedIOException("can't list " + folder, e.getCause());
        }
        return sessions;
    }

    /**
     * {@inheritDoc}
     *
     * <p>An interrupt does not stop it: the new tokens may be the only ones that are still good.
     *
     * @throws UncheckedIOException if that fails; the old session is untouched then
     */
    @Override
    public void save(SessionData data) {
        byte[] json = data.toJson().getBytes(UTF_8);
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    save(file(data.did()), json);
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void save(Path file, byte[] json) throws ClosedByInterruptException {
        Path next = folder.resolve("." + file.getFileName() + "."
                + Long.toHexString(ThreadLocalRandom.current().nextLong()));
        try {
            Files.createDirectories(folder, attributes("rwx------"));
            try (FileChannel channel = FileChannel.open(
                    next, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes("rw-------"))) {
                ByteBuffer bytes = ByteBuffer.wrap(json);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(next);
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            if (e instanceof ClosedByInterruptException byInterrupt) {
                throw byInterrupt;
            }
            throw new UncheckedIOException("can't save the session to " + file, e);
        }
    }

    @Override
    public void delete(Did did) {
        try {
            Files.deleteIfExists(file(did));
        } catch (IOException e) {
            throw new UncheckedIOException("can't delete " + file(did), e);
        }
    }

    /**
     * All characters of a DID but the colon and the percent sign are safe in file names everywhere. The colon takes the
     * underscore's place, and that another's, so that no two DIDs share a name.
     */
    private Path file(Did did) {
        return folder.resolve(did.toString().replace('_', '~').replace(':', '_').replace('%', '+') + SUFFIX);
    }

    private static FileAttribute<?>[] attributes(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
