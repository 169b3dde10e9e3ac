package dev.atlex.architecture;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The classes and members that a class file's constant pool refers to, as {@code java.lang.Class} or {@code java.lang.Class.forName}. */
final class ClassReferences {
    private final String[] texts;
    private final int[] firsts;
    private final int[] seconds;
    private final byte[] tags;

    private ClassReferences(DataInputStream in) throws IOException {
        if (in.readInt() != 0xCAFEBABE) {
            throw new IllegalArgumentException("not a class file");
        }
        in.readInt(); // the version
        int size = in.readUnsignedShort();
        texts = new String[size];
        firsts = new int[size];
        seconds = new int[size];
        tags = new byte[size];
        for (int i = 1; i < size; i++) {
            tags[i] = in.readByte();
            switch (tags[i]) {
                case 1 -> texts[i] = in.readUTF();
                case 3, 4 -> in.readInt();
                case 5, 6 -> {
                    in.readLong();
                    i++; // Longs and doubles take two entries.
                }
                case 7, 8, 16, 19, 20 -> firsts[i] = in.readUnsignedShort();
                case 15 -> {
                    in.readByte();
                    firsts[i] = in.readUnsignedShort();
                }
                case 9, 10, 11, 12, 17, 18 -> {
                    firsts[i] = in.readUnsignedShort();
                    seconds[i] = in.readUnsignedShort();
                }
                default -> throw new IllegalArgumentException("unknown tag " + tags[i]);
            }
        }
    }

    /** Returns the references of each class in a jar or folder, by the class's binary name. */
    static Map<String, Set<String>> in(Path location) {
        try {
            if (Files.isDirectory(location)) {
                return read(location);
            }
            try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + location.toUri()), Map.of())) {
                return read(jar.getPath("/"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Set<String>> read(Path root) throws IOException {
        Map<String, Set<String>> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files.filter(f -> f.toString().endsWith(".class"))::iterator) {
                String name = root.relativize(file)
                        .toString()
                        .replaceAll("\\.class$", "")
                        .replace('/', '.');
                all.put(name, of(Files.readAllBytes(file)));
            }
        }
        return all;
    }

    static Set<String> of(byte[] classFile) throws IOException {
        ClassReferences pool = new ClassReferences(new DataInputStream(new ByteArrayInputStream(classFile)));
        Set<String> found = new TreeSet<>();
        for (int i = 1; i < pool.tags.length; i++) {
            switch (pool.tags[i]) {
                case 7 -> found.add(pool.className(i));
                case 9, 10, 11 ->
                    found.add(pool.className(pool.firsts[i]) + "." + pool.texts[pool.firsts[pool.seconds[i]]]);
                default -> {}
            }
        }
        return found;
    }

    private String className(int index) {
        return texts[firsts[index]].replace('/', '.');
    }
}
