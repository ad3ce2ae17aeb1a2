package io.clearmarket.gateway.ownership;

import io.clearmarket.gateway.labels.QrCode;
import io.clearmarket.gateway.readmodel.ReadModel;
import java.net.URI;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Transfers as their owners see them. */
@Component
class TransferAnswers {
    private final Transfers transfers;
    private final ReadModel readModel;

    TransferAnswers(Transfers transfers, ReadModel readModel) {
        this.transfers = transfers;
        this.readModel = readModel;
    }

    OfferedTransfer offered(Transfer transfer) {
        URI url = url(transfer);
        List<OfferedTransfer.Taker> takers = transfer.words().stream()
                .flatMap(word -> readModel.party(word.party()).stream()
                        .map(party -> new OfferedTransfer.Taker(
                                word.party(), word.handOver(), word.signature(), party.publicKey())))
                .toList();
        return new OfferedTransfer(
                transfer.id(),
                transfer.epc(),
                url,
                QrCode.rows(url.toString()),
                transfer.expiresAt(),
                transfers.status(transfer),
                takers,
                transfer.chosen());
    }

    /** The secret is after the #, which no browser sends anywhere. */
    private static URI url(Transfer transfer) {
        String page =
                ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString() + "/own"
                        + URI.create(transfer.epc().uri()).getRawPath();
        return URI.create(page + "#" + transfer.id());
    }
}
