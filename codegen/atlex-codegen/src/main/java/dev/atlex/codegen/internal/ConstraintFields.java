package dev.atlex.codegen.internal;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import javax.lang.model.element.Modifier;

/** The constants for the constraints on a codec's fields. Equal constraints share a constant. */
final class ConstraintFields {
    private final Map<String, FieldSpec> constants = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();
    private final boolean inline;
    private final Predicate<String> isClass;

    private ConstraintFields(boolean inline, Predicate<String> isClass) {
        this.inline = inline;
        this.isClass = isClass;
    }

    /**
     * Creates an instance that collects constants, to be added to a class.
     *
     * @param isClass a test whether a constant with this name would hide a class
     */
    static ConstraintFields constants(Predicate<String> isClass) {
        return new ConstraintFields(false, isClass);
    }

    /** Creates an instance without constants, so that constraints are generated inline. */
    static ConstraintFields inline() {
        return new ConstraintFields(true, name -> false);
    }

    /** Returns a reference to a constant with this value, or the value itself if inline. */
    CodeBlock constant(TypeName type, String property, CodeBlock value) {
        if (inline) {
            return value;
        }
        FieldSpec constant = constants.computeIfAbsent(
                value.toString(),
                key -> FieldSpec.builder(type, name(property), Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                        .initializer(value)
                        .build());
        return CodeBlock.of("$N", constant);
    }

    private String name(String property) {
        String name = Names.constant(property);
        String free = name;
        for (int i = 2; isClass.test(free) || !names.add(free); i++) {
            free = name + "_" + i;
        }
        return free;
    }

    void addTo(TypeSpec.Builder codec) {
        codec.addFields(constants.values());
    }
}
