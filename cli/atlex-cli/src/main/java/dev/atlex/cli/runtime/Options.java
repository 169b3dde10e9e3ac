package dev.atlex.cli.runtime;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * Creates options and positional arguments for a {@link CommandBuilder}. Each sets a field by a function of the field's type.
 * The function isn't called if the option is absent, so a field's initial value is the default.
 */
public final class Options {
    private Options() {}

    /** Returns an option without a value. */
    public static OptionSpec.Builder flag(String name, String description, Consumer<Boolean> field) {
        Binding<Boolean> binding = new Binding<>(field);
        return OptionSpec.builder(name)
                .description(description)
                .type(boolean.class)
                .getter(binding)
                .setter(binding)
                .hasInitialValue(false);
    }

    /** Returns an option with a String. */
    public static OptionSpec.Builder text(String name, String label, String description, Consumer<String> field) {
        return value(name, label, description, String.class, field);
    }

    /** Returns an option with a value: a String, number, path or enum constant. */
    public static <T> OptionSpec.Builder value(
            String name, String label, String description, Class<T> type, Consumer<T> field) {
        Binding<T> binding = new Binding<>(field);
        return OptionSpec.builder(name)
                .paramLabel(label)
                .description(description)
                .type(type)
                .converters(converters(type))
                .getter(binding)
                .setter(binding)
                .hasInitialValue(false);
    }

    /** Returns an option that may be repeated. Its field is set to the values so far. */
    public static <T> OptionSpec.Builder list(
            String name, String label, String description, Class<T> type, Consumer<List<T>> field) {
        Binding<List<T>> binding = new Binding<>(field);
        return OptionSpec.builder(name)
                .paramLabel(label)
                .description(description)
                .type(List.class)
                .auxiliaryTypes(type)
                .converters(converters(type))
                .getter(binding)
                .setter(binding)
                .hasInitialValue(false);
    }

    /** Returns a required argument. */
    public static PositionalParamSpec.Builder argument(String label, String description, Consumer<String> field) {
        return argument(label, description, String.class, field);
    }

    /** Returns a required argument that isn't a String, for example an enum constant. */
    public static <T> PositionalParamSpec.Builder argument(
            String label, String description, Class<T> type, Consumer<T> field) {
        Binding<T> binding = new Binding<>(field);
        return PositionalParamSpec.builder()
                .index("0")
                .arity("1")
                .required(true)
                .paramLabel(label)
                .description(description)
                .type(type)
                .getter(binding)
                .setter(binding)
                .hasInitialValue(false);
    }

    /** Returns an argument that may be missing. */
    public static PositionalParamSpec.Builder optionalArgument(
            String label, String description, Consumer<String> field) {
        return argument(label, description, field).arity("0..1").required(false);
    }

    /**
     * Returns any number of arguments. Their field is set to the values so far.
     *
     * @param index the index of the first
     */
    public static PositionalParamSpec.Builder arguments(
            int index, String label, String description, Consumer<List<String>> field) {
        Binding<List<String>> binding = new Binding<>(field);
        return PositionalParamSpec.builder()
                .index(index + "..*")
                .arity("0..*")
                .paramLabel(label)
                .description(description)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .getter(binding)
                .setter(binding)
                .hasInitialValue(false);
    }

    /** Returns the converter of paths, because picocli's own calls its method by reflection. Other types need none. */
    private static ITypeConverter<?>[] converters(Class<?> type) {
        return type == Path.class
                ? new ITypeConverter<?>[] {(ITypeConverter<Path>) Options::path}
                : new ITypeConverter<?>[0];
    }

    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("not a valid file name (got \"" + name + "\")");
        }
    }

    /** A field as picocli sees it. picocli reads the value back to append to a list. */
    private static final class Binding<T> implements IGetter, ISetter {
        private final Consumer<T> field;
        private @Nullable T value;

        Binding(Consumer<T> field) {
            this.field = field;
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        public <V> @Nullable V get() {
            return (V) value;
        }

        /** Sets the field to a value, whose type picocli has ensured. Returns the previous value. */
        @Override
        @SuppressWarnings("unchecked")
        public <V> @Nullable V set(V newValue) {
            V previous = (V) value;
            value = (T) newValue;
            field.accept(value);
            return previous;
        }
    }
}
