import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Enumeration;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies a jar, with class files of Java 5 (picocli's) rewritten as those of Java 17. The JDK leaves class files before Java 6
 * out of an AOT cache, because they lack the stack maps that its verifier needs. All entries get the same time, so that the copy
 * is reproducible. Usage: java UpgradeClasses.java IN.jar OUT.jar FOLDER, with a folder of further classes to add.
 */
final class UpgradeClasses {
    private static final int FIRST_ARCHIVED = ClassFile.JAVA_6_VERSION;
    private static final LocalDateTime TIME = LocalDateTime.of(2020, 1, 1, 0, 0);

    private UpgradeClasses() {}

    public static void main(String[] args) throws IOException {
        try (ZipFile in = new ZipFile(args[0]);
                OutputStream file = Files.newOutputStream(Path.of(args[1]));
                ZipOutputStream out = new ZipOutputStream(file)) {
            ClassFile classes = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
                    ClassHierarchyResolver.ofResourceParsing(type -> open(in, type.packageName(), type.displayName()))
                            .orElse(ClassHierarchyResolver.defaultResolver())));
            for (Enumeration<? extends ZipEntry> entries = in.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                byte[] bytes = in.getInputStream(entry).readAllBytes();
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTimeLocal(TIME);
                out.putNextEntry(copy);
                out.write(entry.getName().endsWith(".class") ? upgraded(classes, bytes) : bytes);
            }
            add(Path.of(args[2]), out);
        }
    }

    private static void add(Path folder, ZipOutputStream out) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                ZipEntry entry = new ZipEntry(folder.relativize(file).toString());
                entry.setTimeLocal(TIME);
                out.putNextEntry(entry);
                out.write(Files.readAllBytes(file));
            }
        }
    }

    private static byte[] upgraded(ClassFile classes, byte[] bytes) {
        int version = (bytes[6] & 0xff) << 8 | bytes[7] & 0xff;
        if (version >= FIRST_ARCHIVED) {
            return bytes;
        }
        ClassModel model = classes.parse(bytes);
        ClassTransform newer = (builder, element) -> {
            if (element instanceof ClassFileVersion) {
                builder.withVersion(ClassFile.JAVA_17_VERSION, 0);
            } else {
                builder.with(element);
            }
        };
        return classes.transformClass(
                model, ClassTransform.transformingMethodBodies((builder, element) -> builder.with(element)).andThen(newer));
    }

    private static InputStream open(ZipFile jar, String packageName, String name) {
        try {
            ZipEntry entry = jar.getEntry(packageName.replace('.', '/') + '/' + name + ".class");
            return entry == null ? null : jar.getInputStream(entry);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
