package io.clearmarket.network.embedded.peer.chaincode;

import java.util.Optional;
import org.hyperledger.fabric.protos.peer.ChaincodeEvent;
import org.hyperledger.fabric.protos.peer.Response;

/** What a chaincode answered, with its event under the name and transaction that the peer knows it by. */
public record ChaincodeResult(Response response, Optional<ChaincodeEvent> event) {}
