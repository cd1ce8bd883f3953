-- Dues are looked up a member at a time: one index that answers the whole question. Beside an index by book alone, the
-- planner read every row of the book for each member until the tables had been counted.
create index dues_base_member on funds.dues_base (book_id, person_id, valid_from);
drop index funds.dues_base_book;
create index dues_payment_member on funds.dues_payment (book_id, person_id, month);
drop index funds.dues_payment_month, funds.dues_payment_person;
-- A receipt shows the months it was made of.
create index dues_payment_income on funds.dues_payment (income_id);
