package io.clearmarket.gateway.pages;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.gateway.content.ContentStore;
import io.clearmarket.gateway.content.Document;
import io.clearmarket.gateway.provenance.EpcisDocument;
import io.clearmarket.gateway.provenance.ProductModel;
import io.clearmarket.gateway.readmodel.ItemEvents;
import java.util.Optional;

/**
 * The 3D model that an item's maker named when it was commissioned. Public with the item; a document that was not stored as a
 * model does not become so by being named.
 *
 * @param event the event that names it
 * @param document SHA-256 of the event's document, which names the file
 * @param file SHA-256 of the file
 */
record ItemModel(String event, Digest document, Digest file) {
    private static final String MADE = "commissioning";

    /** As the first commissioning of the item has it: whoever speaks of it later is not its maker. */
    static Optional<ItemModel> of(ContentStore content, ItemEvents itemEvents, Epc epc) {
        return itemEvents
                .firstRecorded(epc, MADE)
                .map(Records.Recorded::event)
                .flatMap(made -> content.get(made.document())
                        .flatMap(document -> ProductModel.of(EpcisDocument.parse(document.bytes()), made.eventId()))
                        .filter(file -> content.mediaType(file)
                                .filter(Document.MODEL::equals)
                                .isPresent())
                        .map(file -> new ItemModel(made.eventId(), made.document(), file)));
    }
}
