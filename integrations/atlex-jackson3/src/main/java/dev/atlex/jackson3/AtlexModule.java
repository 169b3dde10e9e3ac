package dev.atlex.jackson3;

import dev.atlex.data.ReadOptions;
import java.util.Objects;
import tools.jackson.core.Version;
import tools.jackson.databind.JacksonModule;

/**
 * A Jackson 3 module that reads and writes Atlex's types as the protocol's JSON: generated objects and unions, untyped values,
 * blob references, and identifiers such as DIDs and datetimes.
 *
 * <pre>{@code
 * JsonMapper mapper = JsonMapper.builder().addModule(new AtlexModule()).build();
 * String json = mapper.writeValueAsString(post); // the same as post.toJson()
 * }</pre>
 *
 * <p>Objects are written exactly as by {@code toJson()}, including unknown fields, {@code $type} and the secrets that
 * {@code toString()} redacts. Annotations and settings of the mapper don't apply to their fields. With indentation or special
 * escapes, and in formats other than JSON, the same values are written by Jackson.
 *
 * <p>Input that violates its schema ends in a {@link tools.jackson.databind.exc.MismatchedInputException} with the
 * message and the path of Atlex's exception, which is its cause.
 *
 * <p>A {@link dev.atlex.data.Cid} outside of an object is a link, {@code {"$link": "…"}}, because it is a value of the data
 * model. When it is read, a plain string is accepted too. Map keys of identifiers are strings.
 *
 * <p>Works with Jackson 3.1 and later. {@code MapperBuilder.findAndAddModules()} finds the module.
 */
public final class AtlexModule extends JacksonModule {
    private final ReadOptions options;

    /** Creates a module that reads like a client: data-model violations in optional fields are accepted and kept. */
    public AtlexModule() {
        this(ReadOptions.LENIENT);
    }

    /**
     * Creates a module with read options.
     *
     * @param options for example {@link ReadOptions#STRICT}, to refuse data-model violations
     */
    public AtlexModule(ReadOptions options) {
        this.options = Objects.requireNonNull(options, "options");
    }

    @Override
    public String getModuleName() {
        return "Atlex";
    }

    /** Returns one ID for all instances, so that a mapper registers only the first. */
    @Override
    public Object getRegistrationId() {
        return AtlexModule.class.getName();
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public void setupModule(SetupContext context) {
        context.addSerializers(new AtlexSerializers());
        context.addDeserializers(new AtlexDeserializers(options));
        context.addKeyDeserializers(new AtlexKeyDeserializers(options));
    }
}
