package io.clearmarket.gateway.submission;

import io.clearmarket.chaincode.api.Request;
import io.clearmarket.gateway.fabric.Endorsed;
import io.clearmarket.gateway.fabric.LedgerClient;
import io.clearmarket.gateway.fabric.Prepared;
import io.clearmarket.wallet.identity.SigningIdentity;

/** Commands endorsed and signed past {@link Submissions}, as by another client: nothing is stored or sent. */
final class SignedCommands {
    private SignedCommands() {}

    static SignedCommand of(LedgerClient ledger, SigningIdentity signer, Request request) {
        WireCommand command = WireCommand.of(request);
        Prepared prepared = ledger.prepare(signer, command.function(), command.arguments());
        Endorsed endorsed = ledger.endorse(prepared.proposal(), signer.sign(prepared.proposal()));
        byte[] payload = endorsed.payload();
        return new SignedCommand(signer.partyId(), command, endorsed.transactionId(), payload, signer.sign(payload));
    }
}
