package io.clearmarket.chaincode.testing;

import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.Request;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.Secp256k1Key;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Loads the rules that are deployed, from their class files, once more and apart. Two things can be different here: who
 * signed a fact is worked out once for each signature and remembered, or an exploration would spend its time on curves; and
 * one guard may be missing (see {@link Guard}), or the table allow a command nowhere.
 */
public final class RulesLoader extends ClassLoader {
    private static final String APART = "io.clearmarket.chaincode.";
    private static final String SHARED = "io.clearmarket.chaincode.api.";
    private static final String CURVES = "io/clearmarket/wallet/eth/Secp256k1Key";
    private static final String TABLE = "io/clearmarket/chaincode/moves/MoveTable";
    private static final Map<ByteBuffer, EthAddress> SIGNERS = new ConcurrentHashMap<>();

    private final Guard missing;
    private final String nowhere;

    public RulesLoader(Guard missing) {
        this(missing, "");
    }

    private RulesLoader(Guard missing, String nowhere) {
        super(RulesLoader.class.getClassLoader());
        this.missing = missing;
        this.nowhere = nowhere;
    }

    /** No guard is missing, but no state of the goods is one in which the table allows this command. */
    public static RulesLoader allowingNowhere(String command) {
        return new RulesLoader(Guard.NONE, command);
    }

    /** A new object of a class loaded here. */
    @SuppressWarnings("unchecked") // what it returns is of classes that both loaders share
    public <T> Callable<T> make(String name, Object... arguments) {
        try {
            return (Callable<T>) loadClass(name).getConstructors()[0].newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /** In the place of {@link Secp256k1Key#recover}: a function of its arguments, so that remembering changes nothing. */
    public static EthAddress recover(byte[] digest, byte[] signature) {
        ByteBuffer key = ByteBuffer.allocate(digest.length + signature.length);
        key.put(digest).put(signature).flip();
        return SIGNERS.computeIfAbsent(key, any -> Secp256k1Key.recover(digest, signature));
    }

    /** In the place of the table's rows: the same, but that one command's have no state of the goods to start from. */
    public static List<?> rows(List<?> rows, String nowhere) {
        return rows.stream().map(row -> changed(row, nowhere)).toList();
    }

    private static Object changed(Object row, String nowhere) {
        try {
            RecordComponent[] components = row.getClass().getRecordComponents();
            Object[] values = new Object[components.length];
            boolean meant = false;
            for (int i = 0; i < components.length; i++) {
                values[i] = components[i].getAccessor().invoke(row);
                meant |= values[i] instanceof Class<?> command
                        && CommandName.of(command.asSubclass(Request.class)).equals(nowhere);
            }
            for (int i = 0; meant && i < components.length; i++) {
                values[i] = components[i].getName().equals("from") ? Set.of() : values[i];
            }
            return row.getClass().getConstructors()[0].newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(row.toString(), e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        boolean apart = name.startsWith(APART) && !name.startsWith(SHARED) && !name.startsWith(APART + "testing.");
        if (!apart) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = changed(file.readAllBytes(), name.replace('.', '/'));
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private byte[] changed(byte[] original, String owner) {
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
                        MethodVisitor rest = owner.equals(TABLE) && !nowhere.isEmpty() ? restricting(next) : next;
                        return missing.without(owner, name, descriptor, remembering(rest));
                    }
                },
                0);
        return writer.toByteArray();
    }

    private MethodVisitor restricting(MethodVisitor next) {
        return new MethodVisitor(Opcodes.ASM9, next) {
            @Override
            public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
                if (opcode == Opcodes.PUTSTATIC && name.equals("ROWS")) {
                    super.visitLdcInsn(nowhere);
                    super.visitMethodInsn(
                            Opcodes.INVOKESTATIC,
                            RulesLoader.class.getName().replace('.', '/'),
                            "rows",
                            "(Ljava/util/List;Ljava/lang/String;)Ljava/util/List;",
                            false);
                }
                super.visitFieldInsn(opcode, owner, name, descriptor);
            }
        };
    }

    private static MethodVisitor remembering(MethodVisitor next) {
        return new MethodVisitor(Opcodes.ASM9, next) {
            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
                boolean curves = owner.equals(CURVES) && name.equals("recover");
                super.visitMethodInsn(
                        opcode,
                        curves ? RulesLoader.class.getName().replace('.', '/') : owner,
                        name,
                        descriptor,
                        isInterface);
            }
        };
    }
}
