package dev.atlex.session.internal.file;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;

/**
 * The type, owner and mode of a file, read in one system call.
 *
 * <p>Java has no {@code O_NONBLOCK} and can't ask an open file for its type: whatever opens a file looks at its type first.
 * Between the two, only those who may write to the folder can exchange it, and {@link PrivateFolder} sees to it that this is
 * the store's own user, or root.
 *
 * @param type what it is
 * @param uid the owner's number, or -1 if the system has none
 * @param mode the permission bits, or 0 if the system has none
 * @param size in bytes
 */
record FileStatus(Type type, int uid, int mode, long size) {
    /** Windows has owners too, but its access lists say who may write, and those of a user's folders are the user's. */
    static final boolean HAS_OWNERS =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

    private static final int TYPE_BITS = 0170000;

    /** The bits of a mode that let group and others write. */
    static final int WRITABLE_BY_OTHERS = 022;

    private static final int SEARCHABLE_BY_OTHERS = 011;
    private static final int STICKY = 01000;

    /** What a file can be. */
    enum Type {
        FILE("a file"),
        FOLDER("a directory"),
        LINK("a symbolic link"),
        OTHER("a FIFO, socket or device");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * Returns the status of a file.
     *
     * @param options {@link LinkOption#NOFOLLOW_LINKS} for that of a link itself
     * @throws java.nio.file.NoSuchFileException if there is no such file
     */
    static FileStatus of(Path path, LinkOption... options) throws IOException {
        if (!HAS_OWNERS) {
            BasicFileAttributes basic = Files.readAttributes(path, BasicFileAttributes.class, options);
            Type type = basic.isRegularFile()
                    ? Type.FILE
                    : basic.isDirectory() ? Type.FOLDER : basic.isSymbolicLink() ? Type.LINK : Type.OTHER;
            return new FileStatus(type, -1, 0, basic.size());
        }
        Map<String, Object> attributes = Files.readAttributes(path, "unix:mode,uid,size", options);
        int mode = number(attributes, "mode").intValue();
        Type type = switch (mode & TYPE_BITS) {
            case 0100000 -> Type.FILE;
            case 0040000 -> Type.FOLDER;
            case 0120000 -> Type.LINK;
            default -> Type.OTHER;
        };
        return new FileStatus(
                type,
                number(attributes, "uid").intValue(),
                mode & ~TYPE_BITS,
                number(attributes, "size").longValue());
    }

    private static Number number(Map<String, Object> attributes, String name) throws IOException {
        if (attributes.get(name) instanceof Number number) {
            return number;
        }
        throw new IOException("no " + name);
    }

    /** Whether one of these bits lets somebody write to it. A sticky folder counts too: anybody may put files there. */
    boolean isWritable(int bits) {
        return type != Type.LINK && (mode & bits) != 0;
    }

    /** Returns the bits that let others write to a file in this folder: those of whom the folder lets in. */
    int writableInside() {
        return (mode & SEARCHABLE_BY_OTHERS) << 1;
    }

    /** Whether it is one like /tmp, which is everybody's on purpose. */
    boolean isSticky() {
        return (mode & STICKY) != 0;
    }

    /** Returns the permissions as {@code chmod} takes them. */
    String octal() {
        return Integer.toOctalString(mode);
    }
}
