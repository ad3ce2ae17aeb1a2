package io.clearmarket.network.embedded.peer;

import io.grpc.stub.StreamObserver;
import org.hyperledger.fabric.protos.gateway.ChaincodeEventsRequest;
import org.hyperledger.fabric.protos.gateway.ChaincodeEventsResponse;
import org.hyperledger.fabric.protos.gateway.CommitStatusRequest;
import org.hyperledger.fabric.protos.gateway.CommitStatusResponse;
import org.hyperledger.fabric.protos.gateway.EndorseRequest;
import org.hyperledger.fabric.protos.gateway.EndorseResponse;
import org.hyperledger.fabric.protos.gateway.EvaluateRequest;
import org.hyperledger.fabric.protos.gateway.EvaluateResponse;
import org.hyperledger.fabric.protos.gateway.GatewayGrpc;
import org.hyperledger.fabric.protos.gateway.SignedChaincodeEventsRequest;
import org.hyperledger.fabric.protos.gateway.SignedCommitStatusRequest;
import org.hyperledger.fabric.protos.gateway.SubmitRequest;
import org.hyperledger.fabric.protos.gateway.SubmitResponse;

/** {@code gateway.Gateway} of a peer: each call goes to the gateway of its channel. */
final class GatewayDoor extends GatewayGrpc.GatewayImplBase {
    private final ChannelSwitch channels;

    GatewayDoor(ChannelSwitch channels) {
        this.channels = channels;
    }

    @Override
    public void evaluate(EvaluateRequest request, StreamObserver<EvaluateResponse> observer) {
        channels.of(request.getProposedTransaction()).gateway().evaluate(request, observer);
    }

    @Override
    public void endorse(EndorseRequest request, StreamObserver<EndorseResponse> observer) {
        channels.of(request.getProposedTransaction()).gateway().endorse(request, observer);
    }

    /** By the request's channel as a peer does, by the envelope's where that is missing. */
    @Override
    public void submit(SubmitRequest request, StreamObserver<SubmitResponse> observer) {
        Peer peer = request.getChannelId().isEmpty()
                ? channels.of(request.getPreparedTransaction())
                : channels.choose(request::getChannelId);
        peer.gateway().submit(request, observer);
    }

    @Override
    public void commitStatus(SignedCommitStatusRequest request, StreamObserver<CommitStatusResponse> observer) {
        channels.choose(() ->
                        CommitStatusRequest.parseFrom(request.getRequest()).getChannelId())
                .gateway()
                .commitStatus(request, observer);
    }

    @Override
    public void chaincodeEvents(
            SignedChaincodeEventsRequest request, StreamObserver<ChaincodeEventsResponse> observer) {
        channels.choose(() ->
                        ChaincodeEventsRequest.parseFrom(request.getRequest()).getChannelId())
                .gateway()
                .chaincodeEvents(request, observer);
    }
}
