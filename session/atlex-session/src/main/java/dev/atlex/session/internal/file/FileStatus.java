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
 * <p>Java has no {@code O_NONBLOCK} and can't get the type of an open file, so the type is checked before a file is
 * opened. Between the two steps, only a user who can write to the folder can swap the file, and {@link PrivateFolder}
 * ensures that this is the store's own user or root.
 *
 * @param type the file's type
 * @param uid the owner's user id, or -1 if the system has none
 * @param mode the permission bits, or 0 if the system has none
 * @param size the size in bytes
 */
record FileStatus(Type type, int uid, int mode, long size) {
    /**
     * Whether files have numeric owners and modes. Windows uses access control lists instead, and the lists of a user's
     * folders admit only that user.
     */
    static final boolean HAS_OWNERS =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

    private static final int TYPE_BITS = 0170000;

    /** The bits of a mode that let group and others write. */
    static final int WRITABLE_BY_OTHERS = 022;

    private static final int SEARCHABLE_BY_OTHERS = 011;
    private static final int STICKY = 01000;

    /** File types. */
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
     * @param options {@link LinkOption#NOFOLLOW_LINKS} for the status of a link itself
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
        throw new IOException("the file system does not provide the attribute unix:" + name);
    }

    /** Returns whether one of these bits grants write access. A sticky folder counts: anyone can create files in it. */
    boolean isWritable(int bits) {
        return type != Type.LINK && (mode & bits) != 0;
    }

    /** Returns the write bits that matter for a file in this folder: those of the users who can enter the folder. */
    int writableInside() {
        return (mode & SEARCHABLE_BY_OTHERS) << 1;
    }

    /** Returns whether this is a shared folder like /tmp. */
    boolean isSticky() {
        return (mode & STICKY) != 0;
    }

    /** Returns the permissions in the octal form of {@code chmod}. */
    String octal() {
        return Integer.toOctalString(mode);
    }
}
