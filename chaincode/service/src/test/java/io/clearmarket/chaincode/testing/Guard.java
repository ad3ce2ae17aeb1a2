package io.clearmarket.chaincode.testing;

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

/**
 * One guard of the rules, as a place in a class file: the n-th call of a {@code require...} or {@code unless} method, or
 * of what restricts a row of the table, in a method. Without it the call is replaced by dropping its arguments.
 *
 * @param owner internal name of the class
 * @param method where it stands
 * @param index 0 for the first guard in that method
 * @param line of the source
 * @param called what it calls
 */
public record Guard(String owner, String method, int index, int line, String called) {
    /** No guard is missing. */
    public static final Guard NONE = new Guard("", "", -1, 0, "");

    private static final String RULES = "io/clearmarket/chaincode/domain/";
    private static final String ROW = RULES + "MoveTable$Row";
    private static final Set<String> RESTRICTIONS =
            Set.of("by", "from", "in", "funds", "within", "after", "startsTimer", "alsoWhenClosed");

    /** Every guard of these classes of the rules, by simple name. */
    public static List<Guard> of(Stream<String> classes) {
        List<Guard> guards = new ArrayList<>();
        classes.forEach(name -> read(RULES + name, guards));
        return guards;
    }

    /** Such as {@code Shipping.ship:42 requireCarrier}. */
    @Override
    public String toString() {
        return owner.substring(owner.lastIndexOf('/') + 1) + "." + method + ":" + line + " " + called;
    }

    MethodVisitor without(String inOwner, String inMethod, MethodVisitor next) {
        if (!owner.equals(inOwner) || !method.equals(inMethod)) {
            return next;
        }
        return new MethodVisitor(Opcodes.ASM9, next) {
            private int seen;

            @Override
            public void visitMethodInsn(int opcode, String on, String name, String descriptor, boolean isInterface) {
                if (isGuard(on, name, descriptor) && seen++ == index) {
                    drop(opcode, descriptor);
                } else {
                    super.visitMethodInsn(opcode, on, name, descriptor, isInterface);
                }
            }

            private void drop(int opcode, String descriptor) {
                List<Type> arguments = Arrays.asList(Type.getArgumentTypes(descriptor));
                for (Type argument : arguments.reversed()) {
                    super.visitInsn(argument.getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
                }
                // a row's methods return the row that they are called on: it stays
                if (opcode != Opcodes.INVOKESTATIC && descriptor.endsWith(")V")) {
                    super.visitInsn(Opcodes.POP);
                }
            }
        };
    }

    private static boolean isGuard(String owner, String name, String descriptor) {
        boolean check = (name.startsWith("require") || name.equals("unless")) && descriptor.endsWith(")V");
        return owner.startsWith(RULES) && (check || isRestriction(owner, name));
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
            return new MethodVisitor(Opcodes.ASM9) {
                private int line;

                @Override
                public void visitLineNumber(int number, Label start) {
                    line = number;
                }

                @Override
                public void visitMethodInsn(int opcode, String on, String name, String called, boolean isInterface) {
                    if (isGuard(on, name, called)) {
                        guards.add(new Guard(owner, method, counts.merge(method, 1, Integer::sum) - 1, line, name));
                    }
                }
            };
        }
    }
}
