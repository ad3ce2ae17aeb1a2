package io.clearmarket.network;

import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.ChaincodeGrpc;

/**
 * The chaincode that a network is started with, before any upgrade.
 *
 * @param jar what runs as a process, and what tells one version of it from another
 * @param inProcess its class, where an embedded network runs it in its own process
 */
record OwnChaincode(Path jar, Optional<Constructor<? extends ChaincodeGrpc.AsyncService>> inProcess) {
    static OwnChaincode asProcess(Path jar) {
        return new OwnChaincode(jar, Optional.empty());
    }

    /**
     * By a class on this process's class path.
     *
     * @throws IllegalArgumentException naming the class if it cannot serve
     */
    static OwnChaincode inProcess(Path jar, String className) {
        try {
            return new OwnChaincode(
                    jar,
                    Optional.of(Class.forName(className)
                            .asSubclass(ChaincodeGrpc.AsyncService.class)
                            .getConstructor(String.class)));
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("--chaincode-class " + className + " is not on the class path", e);
        } catch (ClassCastException | NoSuchMethodException e) {
            throw new IllegalArgumentException(
                    "--chaincode-class " + className + " must be a ChaincodeGrpc.AsyncService with a public constructor"
                            + " that takes the package id",
                    e);
        }
    }

    /** Has the network run it in its own process, if it can. */
    Optional<RunningChaincode> hostedBy(ChaincodeNetwork network, ChaincodeRecord wanted) {
        String packageId = network.packageId(wanted, jar);
        return inProcess.flatMap(constructor -> network.host(wanted, () -> make(constructor, packageId)));
    }

    private static ChaincodeGrpc.AsyncService make(
            Constructor<? extends ChaincodeGrpc.AsyncService> constructor, String packageId) {
        try {
            return constructor.newInstance(packageId);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(constructor.getDeclaringClass().getName() + " does not start", e);
        }
    }
}
