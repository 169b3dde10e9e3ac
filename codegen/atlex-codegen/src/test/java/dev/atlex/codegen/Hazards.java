package dev.atlex.codegen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.Codec;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Generates and compiles the hazard documents, and loads their classes. */
final class Hazards implements AutoCloseable {
    static final Path FOLDER = Path.of("src/test/lexicons");

    private final URLClassLoader loader;

    private Hazards(Path classes) throws IOException {
        this.loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, Hazards.class.getClassLoader());
    }

    /** @param folder the folder for sources and classes */
    static Hazards compiled(Path folder) throws IOException {
        return compiled(FOLDER, folder);
    }

    /** Generates and compiles the documents of another folder. */
    static Hazards compiled(Path lexicons, Path folder) throws IOException {
        Path sources = folder.resolve("sources");
        new CodeGenerator(CodegenOptions.of(o -> o.lexicons(lexicons).output(sources))).generate();
        compile(sources, folder.resolve("classes"));
        return new Hazards(folder.resolve("classes"));
    }

    /** Loads the classes in a folder. */
    static Hazards of(Path classes) throws IOException {
        return new Hazards(classes);
    }

    /** Compiles the sources, and fails if there are any warnings. */
    static void compile(Path sources, Path classes) throws IOException {
        Files.createDirectories(classes);
        List<Path> files;
        try (Stream<Path> all = Files.walk(sources)) {
            files = all.filter(file -> file.toString().endsWith(".java")).toList();
        }
        List<String> arguments = new ArrayList<>(List.of(
                "-Xlint:all,-path",
                "-Xdoclint:all,-missing",
                "-Werror",
                "-proc:none",
                "-encoding",
                "US-ASCII",
                "--release",
                "17",
                "-d",
                classes.toString(),
                "-cp"));
        arguments.add(System.getProperty("java.class.path"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            boolean done = compiler.getTask(
                            messages, manager, null, arguments, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
            assertThat(messages.toString()).isEmpty();
            assertThat(done).isTrue();
        }
    }

    Class<?> type(String name) {
        try {
            return Class.forName(name, true, loader);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the value of a public constant. */
    Object constant(String type, String name) {
        try {
            return type(type).getField(name).get(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    Codec<Object> codec(String type) {
        return (Codec<Object>) constant(type, "CODEC");
    }

    Object read(String type, String json) {
        return codec(type).fromJson(json);
    }

    /** Calls a method without parameters on an object, or a static one if the target is a class. */
    static Object call(Object target, String method) {
        try {
            Class<?> type = target instanceof Class<?> itself ? itself : target.getClass();
            return type.getMethod(method).invoke(target);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Reads JSON as this type, from text and from a tree, and asserts that each way of writing restores the JSON. */
    Object roundTrip(String type, String json) {
        Codec<Object> codec = codec(type);
        LexValue tree = LexValue.parseJson(json.getBytes(UTF_8), ReadOptions.STRICT);
        Object value = codec.fromJson(json);
        assertThat(codec.fromValue(tree)).isEqualTo(value).hasSameHashCodeAs(value);
        assertThat(codec.toValue(value)).isEqualTo(tree);
        assertThat(LexValue.parseJson(codec.toJson(value), ReadOptions.STRICT)).isEqualTo(tree);
        return value;
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
