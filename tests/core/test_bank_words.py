"""Messages that speak of a bank account, in five languages; ordinary business letters do not."""

import pytest

from core.bank_words import find_bank_details, speaks_of_payment_change

SUSPICIOUS = """Please use our new bank account from now on.
We have new banking details, see below.
Kindly note our bank details have changed.
Our account has been updated, pay there.
The payment details have been changed by our accountant.
IBAN DE89 3704 0044 0532 0130 00, thank you.
Send it to GB82 WEST 1234 5698 7654 32 today.
Account number 0123456789 at First Bank.
Account no: 4455667788
Our bank account 998877665544 is ready.
SWIFT ECOCGHAC account 0101010101
BIC: COBADEFFXXX, Konto 1234567
Please pay to a different bank account this time.
We changed our bank account last week.
There is an updated payment information for you.
Veuillez noter nos nouvelles coordonnées bancaires.
Nous avons un nouveau compte, merci de payer dessus.
Voici notre nouveau RIB.
Nous avons changé de banque.
Nous changeons de compte ce mois-ci.
Numéro de compte 12345678901
Compte bancaire FR76 3000 6000 0112 3456 7890 189
Nouveau compte bancaire ci-joint
Tenemos una nueva cuenta bancaria.
Use nuestra nueva cuenta para el pago.
Nuevos datos bancarios adjuntos.
Cambiamos de banco en noviembre.
Cambiamos de cuenta, gracias.
Número de cuenta 00123456789
Cuenta bancaria ES91 2100 0418 4502 0005 1332
Pague a otra cuenta por favor.
Bitte beachten Sie unsere neue Bankverbindung.
Wir haben ein neues Konto.
Unser neues Bankkonto lautet wie folgt.
Die geänderte Bankverbindung steht unten.
Kontonummer 1234567890
Neue Kontonummer ab Montag
Neue Kontodaten anbei
لدينا حساب بنكي جديد
حسابنا البنكي الجديد أدناه
تغير رقم الحساب منذ أمس
رقم الحساب 1234567890
الحساب البنكي 99887766554
Our other bank account is faster.
New account details attached, please update your records.
The bank details are new, please use them.
Payment account changed, see the letter.
Transfer to account # 55667788 please.
NL91 ABNA 0417 1643 00 is our number.
Please pay to our new payment account.
please use de89 3704 0044 0532 0130 00
IBAN: DE89-3704-0044-0532-0130-00
DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000
acct 0101010101
routing number 021000021
We use a new beneficiary account now.
Pay to our new MoMo number 0244123456.
Notre RIB a changé.
Nos coordonnées bancaires ont changé.
Neue Bankdaten anbei
Unsere Bankverbindung hat sich geändert.
Konto: 1234567890
Nuestra cuenta bancaria ha cambiado.
تم تغيير الحساب البنكي
رقم الحساب ١٢٣٤٥٦٧٨٩٠
بيانات بنكية جديدة
تفاصيل البنك الجديدة
Please pay to account 0123456789012 at Ecobank.
A/C 0012345678, Ecobank Accra
A/C no. 0012345678
Account: 0123456789
ACCOUNT 0123 4567 89
Acct: 1234567890
beneficiary account 1234567890
Use this account from now on: 0123456789
Kindly wire to 0123456789 GTBank
Transfer the rest to 0123456789 please
Our banking partner changed, kindly remit to the new beneficiary.
We have a new IBAN.
IBAN: DE89.3704.0044.0532.0130.00
IBAN DE89  3704  0044  0532  0130  00
\uff24\uff2589 3704 0044 0532 0130 00
d\u043589 3704 0044 0532 0130 00
Our new b\u0430nk \u0430ccount is below.
银行账号\uff1a6222020200112233445
新的银行账户
请付款到账号DE89370400440532013000
我们的账户已变更
Novo IBAN, nova conta bancária
Seguem os novos dados bancários.
Mudámos de banco em novembro.
Neue Kontoverbindung 12345678
Neue Kontoverbindung anbei
nueva cuenta: 1234567890
Bitte auf unser Konto bei der Sparkasse, 1234567890""".splitlines()
ORDINARY = """Do you ship 600 kg to Hamburg in February?
Thank you, the cup report is lovely.
We pay 30% now and 70% against documents.
Can you print our name on the bags?
The new crop arrives in March.
Our account manager will call you tomorrow.
Please change the packing to 30 kg bags.
Which payment terms do you offer?
We changed the label, see the picture.
Is the new price list ready?
Our warehouse is at Bank Street 12.
The river bank floods in June, so we harvest early.
HS code 090111, lot AM-26-04.
Our order number is 4500123456.
Call me on +233 24 123 4567.
The tracking number is JD014600006788.
On account of the rain we ship later.
Take into account the moisture of 11%.
We updated the specification.
Different sizes are possible.
Invoice 2026-117 follows on Monday.
Pouvez-vous livrer au Havre en mars ?
Nous changeons d'emballage cette année.
Le nouveau catalogue est prêt.
Merci de tenir compte du délai.
Votre nouveau prix est parfait.
Un nouveau conteneur part vendredi.
Le paiement se fait à 30 jours.
Nouvelle récolte disponible.
¿Pueden enviar una muestra?
El nuevo precio está bien.
Cambiamos el envase a sacos de 30 kg.
Tenga en cuenta la humedad.
La nueva cosecha llega en marzo.
Otra muestra sería útil.
El pago es a 30 días.
Können Sie im Februar liefern?
Die neue Ernte ist da.
Das neue Etikett gefällt uns.
Wir haben neue Säcke bestellt.
Die Zahlung erfolgt gegen Dokumente.
Bitte ändern Sie die Verpackung.
هل يمكنكم الشحن إلى هامبورغ؟
السعر الجديد مناسب
المحصول الجديد جاهز
نريد عيّنة أولًا
شروط الدفع مناسبة
Container MSKU1234567 left on Friday.
The certificate number is GH-BIO-154.
We take 1,200 kg at 5.45.
New payment terms please.
We have a new account manager.
I opened a new account on Lateen.
Is another payment date possible?
The account of the farmers is impressive.
Different packing is fine.
The other bank of the river is dry.
Please take into account 1200 kg more.
Take into account 12 500 000 kg in all.
On account of the rain order 4500123456 ships later.
Our account manager Ama is on +233 24 123 4567.
Your account manager answers at 0244 123 456 every day.
Please book order 4500123456 on our account.
We charge your account for invoice 20260117 as agreed.
Your account on Lateen was opened on 2026-11-26.
HS code 09011100, to the account of nobody.
Container MSKU1234567 stands on our account.
These lots account for 12 000 000 kg of the crop.
We transfer the goods to container MSKU1234567 on Friday.
Send the papers to us and call me on 0244123456.
Compte tenu de la pluie, la commande 4500123456 part plus tard.
Merci de tenir compte de la commande 4500123456.
Tenga en cuenta el pedido 4500123456.
The beneficiary of the project is the co-op; phone +233 24 123 4567.
Please wire brush the 20260101 drums.
Account for the tare: 60 bags, 36,000 kg.
账单随后寄出,订单 4500123456
Please open an account and order 4500123456 there.
Der Auftrag 4500123456 geht auf Konto der Genossenschaft.
A conta da mercadoria fecha em março.
PAYMENT BY SWIFT TRANSFER WITHIN 30 DAYS
Payment by swift transfer within 30 days after order 4500123456
Other bank charges are for the buyer.""".splitlines()


@pytest.mark.parametrize("text", SUSPICIOUS)
def test_a_changed_account_is_noticed(text):
    assert speaks_of_payment_change(text)


def test_there_are_fifty_of_each_at_least():
    assert min(len(SUSPICIOUS), len(ORDINARY)) >= 50


def test_ordinary_letters_are_left_alone():
    assert [text for text in ORDINARY if speaks_of_payment_change(text)] == []


@pytest.mark.parametrize(
    "text", ["IBAN DE89\n3704 0044 0532 0130 00", "DE89\r\n\r\n3704 0044 0532 0130 00", "Account:\n\n0123456789"]
)
def test_a_line_break_hides_no_account(text):
    assert speaks_of_payment_change(text)


def test_an_iban_is_given_as_it_was_written():
    assert find_bank_details("pay XX12 to DE89 3704 0044 0532 0130 00 now") == "DE89 3704 0044 0532 0130 00"


@pytest.mark.parametrize(
    "part", ["account ", "AB12 ", "DE89.3704-0044 ", "AB12A1", " ", "account 12345678 kg ", "pay a b c ", "account\n "]
)
def test_a_hostile_text_takes_no_longer_than_its_length(part):
    """A pattern that tries every way would not come back from 60,000 letters of this."""
    assert not speaks_of_payment_change(part * (60_000 // len(part)))
