package io.clearmarket.chaincode.testing;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * One guard of the rules, as a place in a class file: the n-th in its method of these: a call of a {@code require...} or
 * {@code unless} method, of what narrows the rows that fit or restricts a row of the table, and the throwing of an
 * {@code InvalidValue}. Without it what it works on is dropped and the next instruction follows.
 *
 * @param owner internal name of the class
 * @param method where it stands
 * @param descriptor that method's, since names may be overloaded
 * @param index 0 for the first guard in that method
 * @param line of the source
 * @param called what it calls
 */
public record Guard(String owner, String method, String descriptor, int index, int line, String called) {
    /** No guard is missing. */
    public static final Guard NONE = new Guard("", "", "", -1, 0, "");

    private static final String RULES = "io/clearmarket/chaincode/domain/";
    /** The table of what is legal when, which clients have too. */
    private static final String TABLE = "io/clearmarket/chaincode/moves/";

    private static final String ROW = TABLE + "MoveRow";
    private static final String INVALID = "io/clearmarket/chaincode/api/InvalidValue";
    /** Not guards: they give an exception of a library another name, and nothing follows them. */
    private static final Set<String> TRANSLATIONS = Set.of(RULES + "Market.token");

    private static final Set<String> RESTRICTIONS =
            Set.of("by", "from", "in", "funds", "within", "after", "startsTimer", "alsoWhenClosed");

    /** Every guard of these classes of the rules, by simple name. */
    public static List<Guard> of(Stream<String> classes) {
        List<Guard> guards = new ArrayList<>();
        classes.forEach(name -> read(RULES + name, guards));
        return guards;
    }

    /** Every guard of every class of the rules. */
    public static List<Guard> all() {
        List<Guard> guards = new ArrayList<>();
        new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.clearmarket.chaincode.domain", "io.clearmarket.chaincode.moves")
                        .stream()
                        .map(type -> type.getName().replace('.', '/'))
                        .filter(name -> !name.endsWith("package-info"))
                        .sorted()
                        .forEach(name -> read(name, guards));
        return guards;
    }

    /** Such as {@code Shipping.ship:42 requireCarrier}. */
    @Override
    public String toString() {
        return owner.substring(owner.lastIndexOf('/') + 1) + "." + method + ":" + line + " " + called;
    }

    MethodVisitor without(String inOwner, String inMethod, String itsDescriptor, MethodVisitor next) {
        boolean here = owner.equals(inOwner) && method.equals(inMethod) && descriptor.equals(itsDescriptor);
        return here ? new Deleting(next) : next;
    }

    private static boolean isGuard(String owner, String name, String descriptor) {
        boolean named = name.startsWith("require") || name.equals("unless") || name.equals("narrow");
        boolean check = named && (descriptor.endsWith(")V") || returnsItsFirst(descriptor));
        return (owner.startsWith(RULES) && check) || isRestriction(owner, name);
    }

    /** The rows that fit, out of those that it is given. */
    private static boolean returnsItsFirst(String descriptor) {
        Type[] arguments = Type.getArgumentTypes(descriptor);
        return arguments.length > 0
                && arguments[0].getDescriptor().equals("Ljava/util/List;")
                && arguments[0].equals(Type.getReturnType(descriptor));
    }

    /** What a row of the table restricts; without it the row allows what rows allow by default. */
    private static boolean isRestriction(String owner, String name) {
        return owner.equals(ROW) && RESTRICTIONS.contains(name);
    }

    private static void read(String owner, List<Guard> guards) {
        try (InputStream file = Guard.class.getResourceAsStream("/" + owner + ".class")) {
            if (file == null) {
                throw new IllegalArgumentException("there is no class " + owner);
            }
            new ClassReader(file.readAllBytes()).accept(new Reader(owner, guards), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(owner, e);
        }
    }

    /** Sees the guards of a method, one after another. */
    private abstract static class Guards extends MethodVisitor {
        private final boolean translates;
        private boolean invalid;

        Guards(String owner, String method, @Nullable MethodVisitor next) {
            super(Opcodes.ASM9, next);
            translates = TRANSLATIONS.contains(owner + "." + method);
        }

        /** Returns whether the guard is deleted. */
        abstract boolean deletes(String called);

        @Override
        public void visitMethodInsn(int opcode, String on, String name, String descriptor, boolean isInterface) {
            invalid = on.equals(INVALID) && name.equals("<init>");
            if (isGuard(on, name, descriptor) && deletes(name)) {
                drop(opcode, descriptor);
            } else {
                super.visitMethodInsn(opcode, on, name, descriptor, isInterface);
            }
        }

        @Override
        public void visitInsn(int opcode) {
            boolean guard = opcode == Opcodes.ATHROW && invalid && !translates;
            super.visitInsn(guard && deletes("throw InvalidValue") ? Opcodes.POP : opcode);
        }

        private void drop(int opcode, String descriptor) {
            List<Type> arguments = Arrays.asList(Type.getArgumentTypes(descriptor));
            int kept = returnsItsFirst(descriptor) ? 1 : 0;
            for (Type argument : arguments.subList(kept, arguments.size()).reversed()) {
                super.visitInsn(argument.getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
            }
            // a row's methods return the row that they are called on: it stays
            if (opcode != Opcodes.INVOKESTATIC && descriptor.endsWith(")V")) {
                super.visitInsn(Opcodes.POP);
            }
        }
    }

    private final class Deleting extends Guards {
        private int seen;

        Deleting(MethodVisitor next) {
            super(owner, method, next);
        }

        @Override
        boolean deletes(String called) {
            return seen++ == index;
        }

        @Override
        public void visitEnd() {
            if (seen <= index) {
                throw new IllegalStateException(Guard.this + " is not there any more");
            }
            super.visitEnd();
        }
    }

    private static final class Reader extends ClassVisitor {
        private final String owner;
        private final List<Guard> guards;
        private final Map<String, Integer> counts = new HashMap<>();

        Reader(String owner, List<Guard> guards) {
            super(Opcodes.ASM9);
            this.owner = owner;
            this.guards = guards;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String method, String descriptor, String signature, String[] exceptions) {
            return new Guards(owner, method, null) {
                private int line;

                @Override
                public void visitLineNumber(int number, Label start) {
                    line = number;
                }

                @Override
                boolean deletes(String called) {
                    int index = counts.merge(method + descriptor, 1, Integer::sum) - 1;
                    guards.add(new Guard(owner, method, descriptor, index, line, called));
                    return false;
                }
            };
        }
    }
}
