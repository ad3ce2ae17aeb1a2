package io.clearmarket.network;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.peer.ChaincodeGrpc;

/** A network as the deployment of its chaincode sees it, of whichever nodes it is made. */
interface ChaincodeNetwork {
    Path dataDirectory();

    /** Its peers by name; each has a server of its own. */
    Collection<String> peers();

    /** What the servers of a jar register as. */
    String packageId(ChaincodeRecord chaincode, Path jar);

    /** Runs it in this process, a chaincode for each stream of a peer; empty if the nodes want servers to dial. */
    Optional<RunningChaincode> host(ChaincodeRecord wanted, Supplier<ChaincodeGrpc.AsyncService> chaincode);

    /** Has every organisation approve the chaincode and the channel commit it, as far as that is not done yet. */
    void agree(ChaincodeRecord chaincode, Path jar);

    /** Writes {@code network.json}. */
    void describe(NetworkFile.Chaincode chaincode);
}
