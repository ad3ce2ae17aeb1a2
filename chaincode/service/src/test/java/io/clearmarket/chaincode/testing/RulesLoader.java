package io.clearmarket.chaincode.testing;

import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.Secp256k1Key;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
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
 * one guard may be missing (see {@link Guard}).
 */
public final class RulesLoader extends ClassLoader {
    private static final String APART = "io.clearmarket.chaincode.";
    private static final String SHARED = "io.clearmarket.chaincode.api.";
    private static final String CURVES = "io/clearmarket/wallet/eth/Secp256k1Key";
    private static final Map<ByteBuffer, EthAddress> SIGNERS = new ConcurrentHashMap<>();

    private final Guard missing;

    public RulesLoader(Guard missing) {
        super(RulesLoader.class.getClassLoader());
        this.missing = missing;
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
                        return missing.without(owner, name, descriptor, remembering(next));
                    }
                },
                0);
        return writer.toByteArray();
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
