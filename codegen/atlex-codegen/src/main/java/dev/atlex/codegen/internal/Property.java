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
 * A property of an object, on its way to a field, an accessor and a setter.
 *
 * @param name as JSON has it
 * @param id the name of its accessor and setter
 * @param variable the name of its field, and of parameters and local variables
 * @param definition what it is; of a reference, what that leads to
 * @param defaultValue an expression, or null where there is no default
 */
record Property(
        String name,
        String id,
        String variable,
        @Nullable String description,
        Definition definition,
        ValueType type,
        boolean required,
        boolean nullable,
        @Nullable CodeBlock defaultValue) {
    /** By name: builds that run the generator need not have the annotations on their class path. */
    static final AnnotationSpec NULLABLE = AnnotationSpec.builder(ClassName.get("org.jspecify.annotations", "Nullable"))
            .build();

    /** Whether a value is always there, and never null. */
    boolean always() {
        return required && !nullable;
    }

    /** Whether the field is one of Java's primitive types. */
    boolean primitive() {
        return always() && type.isPrimitive();
    }

    /** Whether reading must find it, as nothing stands in for it. */
    boolean mustBeRead() {
        return required && defaultValue == null;
    }

    /** Whether absent and null are two things. */
    boolean threeStates() {
        return nullable && !required;
    }

    /** Whether so many are more than a method can have as its parameters, beside the object itself and the other fields. */
    static boolean tooManyForParameters(List<Property> properties) {
        int slots = 2;
        for (Property property : properties) {
            slots += property.primitive() && property.type().declared().equals(TypeName.LONG) ? 2 : 1;
        }
        return slots > 255;
    }

    TypeName fieldType() {
        return always() ? type.declared() : nullableType();
    }

    TypeName nullableType() {
        return type.boxed().annotated(NULLABLE);
    }

    /** What the accessor returns: of an optional property with a default, never null. */
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
