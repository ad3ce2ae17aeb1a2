package org.example.assets;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.contract.Context;
import org.hyperledger.fabric.contract.ContractInterface;
import org.hyperledger.fabric.contract.annotation.Contract;
import org.hyperledger.fabric.contract.annotation.Default;
import org.hyperledger.fabric.contract.annotation.Transaction;
import org.hyperledger.fabric.shim.ChaincodeException;
import org.hyperledger.fabric.shim.ledger.KeyModification;

/** Assets that change hands; only the owner, known by the certificate's organisation, gives one away. */
@Contract(name = "assets")
@Default
public final class AssetContract implements ContractInterface {
    /** Makes an asset that belongs to the caller's organisation. */
    @Transaction
    public Asset create(Context context, String id) {
        if (!stored(context, id).isEmpty()) {
            throw new ChaincodeException("asset " + id + " exists");
        }
        return store(context, id, context.getClientIdentity().getMSPID());
    }

    /** Gives an asset to another organisation and says so in an event. */
    @Transaction
    public Asset transfer(Context context, String id, String newOwner) {
        Asset asset = read(context, id);
        String caller = context.getClientIdentity().getMSPID();
        if (!asset.getOwner().equals(caller)) {
            throw new ChaincodeException("asset " + id + " belongs to " + asset.getOwner() + ", not to " + caller);
        }
        context.getStub().setEvent("transferred", id.getBytes(StandardCharsets.UTF_8));
        return store(context, id, newOwner);
    }

    @Transaction(intent = Transaction.TYPE.EVALUATE)
    public Asset read(Context context, String id) {
        String owner = stored(context, id);
        if (owner.isEmpty()) {
            throw new ChaincodeException("no asset " + id);
        }
        return asset(id, owner);
    }

    /** All owners so far, the newest first. */
    @Transaction(intent = Transaction.TYPE.EVALUATE)
    public String[] owners(Context context, String id) {
        List<String> owners = new ArrayList<>();
        for (KeyModification change : context.getStub().getHistoryForKey(id)) {
            owners.add(change.getStringValue());
        }
        return owners.toArray(String[]::new);
    }

    private static String stored(Context context, String id) {
        return context.getStub().getStringState(id);
    }

    private static Asset store(Context context, String id, String owner) {
        context.getStub().putStringState(id, owner);
        return asset(id, owner);
    }

    private static Asset asset(String id, String owner) {
        Asset asset = new Asset();
        asset.setId(id);
        asset.setOwner(owner);
        return asset;
    }
}
