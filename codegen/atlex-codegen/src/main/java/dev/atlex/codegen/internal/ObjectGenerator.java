package dev.atlex.codegen.internal;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import dev.atlex.data.LexMap;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectSchema;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ArrayDef;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.RecordDef;
import dev.atlex.schema.document.Definition.RefDef;
import dev.atlex.schema.document.Definition.StringDef;
import dev.atlex.schema.document.Definition.TokenDef;
import dev.atlex.schema.document.Definition.UnionDef;
import dev.atlex.schema.generated.ObjectCodec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Generates the class for an object: fields, accessors and constants. Its builder and codec have their own generators.
 */
final class ObjectGenerator {
    /** The name of the constructor's last parameter, and of the codec's variable for unknown fields. */
    static final String EXTRA = "extra";

    private final Schemas schemas;
    private final Prose prose;
    private final ValueTypes types;
    private final UnionGenerator unions;
    private @Nullable StrongRefs strongRefs;

    ObjectGenerator(Schemas schemas, Prose prose) {
        this.schemas = schemas;
        this.prose = prose;
        this.types = new ValueTypes(schemas);
        this.unions = new UnionGenerator(schemas);
    }

    /**
     * The role of an object: a record, a definition, or part of another definition.
     *
     * @param facts the facts in its class's comment
     * @param wording the object's place in the document, from which the text for its properties is looked up
     */
    record Kind(
            String type, ObjectCodec.Typing typing, String facts, boolean hasTypeConstant, Wording wording, Text text) {
        static Kind record(String type, RecordDef record, Wording wording) {
            String facts =
                    "The record type " + Markup.code(type) + ". Use {@link #RECORD} to create, read and list records.";
            return new Kind(
                    type, ObjectCodec.Typing.REQUIRED, facts, true, wording, wording.text(Schemas.description(record)));
        }

        static Kind definition(String type, ObjectDef object, Wording wording) {
            String facts = "The object type " + Markup.code(type) + ".";
            return new Kind(type, ObjectCodec.Typing.CHECKED, facts, true, wording, wording.text(object.description()));
        }

        static Kind nested(String label, ObjectDef object, Wording wording) {
            String[] words = label.split(" ");
            boolean part = words.length == 2 && words[1].chars().allMatch(Character::isLetter);
            String facts = part ? part(words[1], words[0], object) : "The object at " + Markup.code(label) + ".";
            return new Kind(label, ObjectCodec.Typing.NONE, facts, false, wording, wording.text(object.description()));
        }

        private static String part(String part, String method, ObjectDef object) {
            String what = "The " + part + " of " + Markup.code(method) + ".";
            if (part.equals("output")
                    || part.equals("message")
                    || object.properties().isEmpty()) {
                return what;
            }
            String required = object.properties().keySet().stream()
                    .filter(object.required()::contains)
                    .map(Markup::code)
                    .collect(Collectors.joining(", "));
            return what + (required.isEmpty() ? " All are optional." : " Required: " + required + ".");
        }
    }

    TypeSpec.Builder generate(ClassName name, ObjectDef object, Kind kind) {
        ConstraintFields constants =
                ConstraintFields.constants(constant -> schemas.names().isClass(name, constant));
        List<Property> properties = properties(object, constants, kind.type(), kind.wording());
        TypeSpec.Builder type = TypeSpec.classBuilder(name)
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .superclass(LexObject.class)
                .addSuperinterface(
                        ParameterizedTypeName.get(ClassName.get(Buildable.class), name, name.nestedClass("Builder")))
                .addJavadoc(Javadocs.of(kind.text(), kind.facts()));
        if (kind.text().isDeprecated()) {
            type.addAnnotation(Deprecated.class);
        }
        ClassName builder = name.nestedClass("Builder");
        ClassName codec = TypeNames.codecOf(name);
        if (kind.hasTypeConstant()) {
            type.addField(FieldSpec.builder(String.class, "TYPE", Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                    .addJavadoc("The definition's full name: the value of {@code $$type}.\n")
                    .initializer(Literals.of(kind.type()))
                    .build());
        }
        type.addField(FieldSpec.builder(
                        ParameterizedTypeName.get(ClassName.get(ObjectCodec.class), name, builder),
                        "CODEC",
                        Modifier.PUBLIC,
                        Modifier.STATIC,
                        Modifier.FINAL)
                .addJavadoc("Reads and writes objects of this type.\n")
                .initializer("new $T()", codec)
                .build());
        knownValues(type, name, object, kind.wording());
        for (Property property : properties) {
            type.addField(property.privateType(), property.variable(), Modifier.PRIVATE, Modifier.FINAL);
        }
        type.addMethod(
                Property.tooManyForParameters(properties)
                        ? wideConstructor(properties, builder)
                        : constructor(properties));
        type.addMethod(MethodSpec.methodBuilder("builder")
                .addJavadoc("Returns an empty builder.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(builder)
                .addStatement("return new $T()", builder)
                .build());
        type.addMethod(MethodSpec.methodBuilder("toBuilder")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(builder)
                .addStatement("return new $T(this)", builder)
                .build());
        properties.forEach(property -> type.addMethod(accessor(property)));
        MethodSpec strongRef = strongRefs().method(name, properties);
        if (strongRef != null) {
            type.addMethod(strongRef);
        }
        type.addMethod(codecMethod());
        type.addMethod(fieldValues(properties));
        type.addType(new BuilderGenerator(name, builder).generate(properties));
        type.addType(new CodecGenerator(name, builder, codec).generate(properties, kind, constants));
        nested(type, object, kind.type(), kind.wording());
        return type;
    }

    /**
     * Returns the generator of {@code strongRef()}. It is created on first use, because not all documents are known
     * earlier.
     */
    private StrongRefs strongRefs() {
        if (strongRefs == null) {
            strongRefs = new StrongRefs(schemas);
        }
        return Objects.requireNonNull(strongRefs);
    }

    private List<Property> properties(ObjectDef object, ConstraintFields constants, String where, Wording wording) {
        List<Property> properties = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        Set<String> variables = new HashSet<>();
        object.properties().forEach((name, definition) -> {
            String at = where + "." + name;
            String id = Names.property(name);
            while (!ids.add(id)) {
                id += "_";
            }
            ValueType type = types.of(definition, name, constants, at);
            Definition referred = definition instanceof RefDef ref ? schemas.resolve(ref.ref()) : null;
            Definition target = referred == null ? definition : referred;
            String variable = variable(id);
            while (!variables.add(variable)) {
                variable += "_";
            }
            properties.add(new Property(
                    name,
                    id,
                    variable,
                    wording.at(name).text(definition.description()),
                    target,
                    type,
                    object.required().contains(name),
                    object.nullable().contains(name),
                    Property.defaultOf(target, type)));
        });
        return properties;
    }

    /** Returns a variable name that hides neither a type nor a package. */
    private String variable(String id) {
        boolean hiding = !Character.isLowerCase(id.charAt(0))
                || schemas.names().rootPackages().contains(id);
        return hiding ? id + "_" : id;
    }

    private void knownValues(TypeSpec.Builder type, ClassName owner, ObjectDef object, Wording wording) {
        Constants constants = new Constants(type, constant -> schemas.names().isClass(owner, constant));
        object.properties().forEach((name, definition) -> {
            Definition item = definition instanceof ArrayDef array ? array.items() : definition;
            if (item instanceof StringDef string) {
                Text text = wording.at(name).text(definition.description());
                constants.addKnownValues(name, string.knownValues(), value -> knownValue(value, text));
            }
        });
    }

    /** Returns the text for a known value: the text of the token that it refers to, or else the string's own text. */
    Text knownValue(String value, Text string) {
        if (schemas.ownDefinition(value) instanceof TokenDef token) {
            Text text = prose.of(value).text(token.description());
            return text.isEmpty() ? string : text;
        }
        return string;
    }

    private static MethodSpec constructor(List<Property> properties) {
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE);
        String extra = free(EXTRA, properties);
        for (Property property : properties) {
            constructor.addParameter(property.privateType(), property.variable());
        }
        constructor.addParameter(LexMap.class, extra);
        constructor.addStatement("super($N)", extra);
        for (Property property : properties) {
            constructor.addStatement("this.$N = $N", property.variable(), property.variable());
        }
        return constructor.build();
    }

    /**
     * Returns the constructor of an object with more fields than a method can have parameters; it takes the builder.
     */
    private static MethodSpec wideConstructor(List<Property> properties, ClassName builder) {
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(builder, "from")
                .addParameter(LexMap.class, EXTRA)
                .addStatement("super($N)", EXTRA);
        for (Property property : properties) {
            String variable = property.variable();
            if (property.always() && (property.primitive() || property.defaultValue() != null)) {
                constructor.addStatement(
                        "this.$N = from.$N == null ? $L : from.$N",
                        variable,
                        variable,
                        CodecGenerator.initial(property),
                        variable);
            } else {
                constructor.addStatement("this.$N = from.$N", variable, variable);
            }
        }
        return constructor.build();
    }

    private static MethodSpec accessor(Property property) {
        MethodSpec.Builder accessor = MethodSpec.methodBuilder(property.id())
                .addJavadoc(Javadocs.accessor(property))
                .addModifiers(Modifier.PUBLIC)
                .returns(property.accessorType());
        if (property.text().isDeprecated()) {
            accessor.addAnnotation(Deprecated.class);
        }
        CodeBlock fallback = property.defaultValue();
        String variable = property.variable();
        if (fallback == null || property.required()) {
            accessor.addStatement("return $N", variable);
        } else if (property.nullable()) {
            // Boxed, because a conditional with a primitive operand would unbox a null.
            CodeBlock boxed = property.type().isPrimitive()
                    ? CodeBlock.of("($T) $L", property.type().boxed(), fallback)
                    : fallback;
            accessor.addStatement(
                    "return $N == null && !isGivenAsNull($L) ? $L : $N",
                    variable,
                    Literals.of(property.name()),
                    boxed,
                    variable);
        } else {
            accessor.addStatement("return $N == null ? $L : $N", variable, fallback, variable);
        }
        return accessor.build();
    }

    private static MethodSpec codecMethod() {
        TypeName any = WildcardTypeName.subtypeOf(Object.class);
        return MethodSpec.methodBuilder("codec")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PROTECTED)
                .returns(ParameterizedTypeName.get(ClassName.get(ObjectSchema.class), any, any))
                .addStatement("return CODEC")
                .build();
    }

    private static MethodSpec fieldValues(List<Property> properties) {
        return MethodSpec.methodBuilder("fieldValues")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PROTECTED)
                .returns(ArrayTypeName.of(Object.class))
                .addStatement(
                        "return new $T[] {$L}",
                        Object.class,
                        properties.stream().map(Property::variable).collect(Collectors.joining(", ")))
                .build();
    }

    /** Adds the objects and unions that are declared inside this one. */
    private void nested(TypeSpec.Builder type, ObjectDef object, String where, Wording wording) {
        object.properties()
                .forEach((name, definition) -> nested(type, definition, where + "." + name, wording.at(name)));
    }

    void nested(TypeSpec.Builder type, Definition definition, String label, Wording wording) {
        if (definition instanceof ArrayDef array) {
            nested(type, array.items(), label + "[]", wording);
        } else if (definition instanceof ObjectDef object) {
            type.addType(generate(schemas.names().of(object), object, Kind.nested(label, object, wording))
                    .addModifiers(Modifier.STATIC)
                    .build());
        } else if (definition instanceof UnionDef union) {
            Text text = wording.text(union.description());
            type.addType(unions.generate(schemas.names().of(union), union, label, text)
                    .build());
        }
    }

    /** Returns the name, with underscores appended until no property has it. */
    static String free(String name, List<Property> properties) {
        String free = name;
        while (true) {
            String candidate = free;
            if (properties.stream().noneMatch(property -> property.variable().equals(candidate))) {
                return free;
            }
            free += "_";
        }
    }
}
