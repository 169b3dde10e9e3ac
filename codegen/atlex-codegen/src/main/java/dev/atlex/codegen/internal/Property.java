package dev.atlex.codegen.internal;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.BooleanDef;
import dev.atlex.schema.document.Definition.IntegerDef;
import dev.atlex.schema.document.Definition.StringDef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A property of an object, which becomes a field, an accessor and setters.
 *
 * @param name the property's name in JSON
 * @param id the name of its accessor and setters
 * @param variable the name of its field, and of parameters and local variables
 * @param definition the property's definition; for a reference, the definition that the reference resolves to
 * @param defaultValue an expression, or null if there is no default
 */
record Property(
        String name,
        String id,
        String variable,
        Text text,
        Definition definition,
        ValueType type,
        boolean required,
        boolean nullable,
        @Nullable CodeBlock defaultValue) {
    /** The {@code @Nullable} annotation, given by name so that it need not be on the generator's class path. */
    static final AnnotationSpec NULLABLE = AnnotationSpec.builder(ClassName.get("org.jspecify.annotations", "Nullable"))
            .build();

    /** Returns whether a value is always present and never null. */
    boolean always() {
        return required && !nullable;
    }

    /** Returns whether the field has one of Java's primitive types. */
    boolean primitive() {
        return always() && type.isPrimitive();
    }

    /** Returns whether reading fails if the property is absent, because it is required and has no default. */
    boolean mustBeRead() {
        return required && defaultValue == null;
    }

    /** Returns whether absent and null are distinct. */
    boolean threeStates() {
        return nullable && !required;
    }

    /** Returns whether a constructor would exceed the 255 parameter slots of a method. */
    static boolean tooManyForParameters(List<Property> properties) {
        int slots = 2;
        for (Property property : properties) {
            slots += property.primitive() && property.type().declared().equals(TypeName.LONG) ? 2 : 1;
        }
        return slots > 255;
    }

    /** Returns the type of private fields, parameters and local variables: not annotated, to keep class files small. */
    TypeName privateType() {
        return always() ? type.declared() : type.boxed();
    }

    TypeName nullableType() {
        return type.boxed().annotated(NULLABLE);
    }

    /** Returns the return type of the accessor: never nullable for an optional property with a default. */
    TypeName accessorType() {
        return always() || defaultValue != null && !nullable ? type.declared() : nullableType();
    }

    static @Nullable CodeBlock defaultOf(Definition definition, ValueType type) {
        if (definition instanceof BooleanDef bool && bool.defaultValue() != null) {
            return CodeBlock.of("$L", bool.defaultValue());
        } else if (definition instanceof IntegerDef integer && integer.defaultValue() != null) {
            return CodeBlock.of("$LL", integer.defaultValue());
        } else if (definition instanceof StringDef string && string.defaultValue() != null) {
            return type.parses()
                    ? CodeBlock.of("$T.unchecked($L)", type.declared(), Literals.of(string.defaultValue()))
                    : Literals.of(string.defaultValue());
        }
        return null;
    }
}
