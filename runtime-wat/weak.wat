;; Weak references that the engine's collector may clear. A weak object is strong when it is made or loaded: its elements stand
;; in $slots like any other's. After a collection the host calls $review_weak, which puts the elements of all weak objects
;; into cells that hold them through a JavaScript WeakRef, and clears those whose object the engine has freed since.
;; What walks the heap makes all weak objects strong again first ($strengthen_all) and needs to know nothing of this.
;;
;; While weakened, $slots of a weak object are its named slots only, so that whatever looks for an element there by
;; number finds it out of range and comes here; $cells are the others: values, or $WeakCells.

(type $WeakCell (sub final (struct (field $target externref))))      ;; a WeakRef

;; Whether the host tells of collections: set before the heap is loaded. Without it nothing is weakened.
(global $weak_reviews (export "weakReviews") (mut i32) (i32.const 0))

;; All weak objects: those made since the last review, and the others in $WeakCells.
(global $weak_new (mut (ref $Slots)) (global.get $empty_slots))
(global $weak_new_count (mut i32) (i32.const 0))
(global $weak_old (mut (ref $Slots)) (global.get $empty_slots))
(global $weak_old_count (mut i32) (i32.const 0))
(global $some_weakened (mut i32) (i32.const 0))

(func $new_weak (param $classIndex i32) (param $hash i32) (param $slots (ref $Slots)) (result (ref $WeakIndexed))
  (local $object (ref $WeakIndexed))
  (local.set $object (struct.new $WeakIndexed (local.get $classIndex) (local.get $hash) (local.get $slots) (ref.null $Slots)))
  (if (global.get $weak_reviews)
    (then
      (global.set $weak_new (call $with_room (global.get $weak_new) (global.get $weak_new_count)))
      (array.set $Slots (global.get $weak_new) (global.get $weak_new_count) (local.get $object))
      (global.set $weak_new_count (i32.add (global.get $weak_new_count) (i32.const 1)))))
  (local.get $object))

;; The list, or a larger copy when $count entries fill it.
(func $with_room (param $list (ref $Slots)) (param $count i32) (result (ref $Slots))
  (local $larger (ref $Slots))
  (if (i32.lt_u (local.get $count) (array.len (local.get $list))) (then (return (local.get $list))))
  (local.set $larger (array.new_default $Slots (i32.add (i32.const 64) (i32.shl (local.get $count) (i32.const 1)))))
  (array.copy $Slots $Slots (local.get $larger) (i32.const 0) (local.get $list) (i32.const 0) (local.get $count))
  (local.get $larger))

;; --- cells ---

(func $cell_for (param $value eqref) (result eqref)
  (struct.new $WeakCell (call $host_weak_reference (local.get $value))))

;; What a cell holds: nil when the engine has freed it.
(func $cell_value (param $cell eqref) (result eqref)
  (block $strong (result eqref)
    (return_call $host_weak_target (struct.get $WeakCell $target
      (br_on_cast_fail $strong eqref (ref $WeakCell) (local.get $cell))))))

(func $needs_cell (param $value eqref) (result i32)
  (if (i32.eqz (ref.test (ref $Object) (local.get $value))) (then (return (i32.const 0))))
  (i32.eqz (ref.test (ref $Character) (local.get $value))))

;; --- single elements of weakened objects, by the number of the slot ---

(func $hidden_slots (param $value eqref) (result (ref $Slots))
  (block $none
    (block $other (result eqref)
      (return (br_on_null $none (struct.get $WeakIndexed $cells
        (br_on_cast_fail $other eqref (ref $WeakIndexed) (local.get $value))))))
    (drop))
  (global.get $empty_slots))

(func $hidden_index (param $object eqref) (param $index i32) (result i32)
  (i32.sub (local.get $index) (array.len (struct.get $Indexed $slots (ref.cast (ref $Indexed) (local.get $object))))))

;; Slots of any kind of $Indexed.
(func $indexed_slot_count (param $object (ref $Indexed)) (result i32)
  (i32.add (array.len (struct.get $Indexed $slots (local.get $object)))
    (array.len (call $hidden_slots (local.get $object)))))

;; Slots that $slots does not have: nil unless the object is weakened.
(func $hidden_slot_get (param $object (ref $Indexed)) (param $index i32) (result eqref)
  (local $cells (ref $Slots))
  (local.set $cells (call $hidden_slots (local.get $object)))
  (local.set $index (call $hidden_index (local.get $object) (local.get $index)))
  (if (i32.ge_u (local.get $index) (array.len (local.get $cells))) (then (return (ref.null eq))))
  (return_call $cell_value (array.get $Slots (local.get $cells) (local.get $index))))

;; What is stored is strong until the next review.
(func $hidden_slot_put (param $object (ref $Indexed)) (param $index i32) (param $value eqref)
  (local $cells (ref $Slots))
  (local.set $cells (call $hidden_slots (local.get $object)))
  (local.set $index (call $hidden_index (local.get $object) (local.get $index)))
  (if (i32.ge_u (local.get $index) (array.len (local.get $cells))) (then (return)))
  (array.set $Slots (local.get $cells) (local.get $index) (local.get $value)))

;; --- whole objects ---

(func $strengthen (param $value eqref)
  (local $object (ref $WeakIndexed)) (local $cells (ref $Slots)) (local $slots (ref $Slots)) (local $named i32) (local $i i32)
  (block $strong
    (block $other (result eqref)
      (local.set $object (br_on_cast_fail $other eqref (ref $WeakIndexed) (local.get $value)))
      (local.set $cells (br_on_null $strong (struct.get $WeakIndexed $cells (local.get $object))))
      (local.set $named (array.len (struct.get $WeakIndexed $slots (local.get $object))))
      (local.set $slots (array.new_default $Slots (i32.add (local.get $named) (array.len (local.get $cells)))))
      (array.copy $Slots $Slots (local.get $slots) (i32.const 0)
        (struct.get $WeakIndexed $slots (local.get $object)) (i32.const 0) (local.get $named))
      (loop $next
        (if (i32.lt_u (local.get $i) (array.len (local.get $cells)))
          (then
            (array.set $Slots (local.get $slots) (i32.add (local.get $named) (local.get $i))
              (call $strong_value (array.get $Slots (local.get $cells) (local.get $i))))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br $next))))
      (struct.set $WeakIndexed $slots (local.get $object) (local.get $slots))
      (struct.set $WeakIndexed $cells (local.get $object) (ref.null $Slots))
      (return))
    (drop)))

;; As $cell_value; that an object is gone is news to the image.
(func $strong_value (param $cell eqref) (result eqref)
  (local $value eqref)
  (local.set $value (call $cell_value (local.get $cell)))
  (if (i32.and (ref.is_null (local.get $value)) (ref.test (ref $WeakCell) (local.get $cell)))
    (then (global.set $finalization_pending (i32.const 1))))
  (local.get $value))

(func $weaken (param $object (ref $WeakIndexed))
  (local $cells (ref $Slots)) (local $slots (ref $Slots)) (local $named i32) (local $count i32)
  (local.set $slots (struct.get $WeakIndexed $slots (local.get $object)))
  (local.set $named (call $named_slots (local.get $object)))
  (if (i32.gt_u (local.get $named) (array.len (local.get $slots))) (then (return)))
  (local.set $count (i32.sub (array.len (local.get $slots)) (local.get $named)))
  (local.set $cells (array.new_default $Slots (local.get $count)))
  (array.copy $Slots $Slots (local.get $cells) (i32.const 0) (local.get $slots) (local.get $named) (local.get $count))
  (struct.set $WeakIndexed $cells (local.get $object) (local.get $cells))
  (local.set $cells (local.get $slots))
  (local.set $slots (array.new_default $Slots (local.get $named)))
  (array.copy $Slots $Slots (local.get $slots) (i32.const 0) (local.get $cells) (i32.const 0) (local.get $named))
  (struct.set $WeakIndexed $slots (local.get $object) (local.get $slots)))

;; Clears the cells of freed objects, gives cells to what was stored since the last review.
(func $review_weak_object (param $object (ref $WeakIndexed))
  (local $cells (ref $Slots)) (local $i i32) (local $value eqref)
  (if (ref.is_null (struct.get $WeakIndexed $cells (local.get $object))) (then (call $weaken (local.get $object))))
  (local.set $cells (call $hidden_slots (local.get $object)))
  (loop $next
    (if (i32.lt_u (local.get $i) (array.len (local.get $cells)))
      (then
        (local.set $value (array.get $Slots (local.get $cells) (local.get $i)))
        (if (ref.test (ref $WeakCell) (local.get $value))
          (then (if (ref.is_null (call $strong_value (local.get $value)))
            (then (array.set $Slots (local.get $cells) (local.get $i) (ref.null eq)))))
          (else (if (call $needs_cell (local.get $value))
            (then (array.set $Slots (local.get $cells) (local.get $i) (call $cell_for (local.get $value)))))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next)))))

;; --- all of them ---

;; For the host, between two time slices, when the engine has collected. 1: some object is gone, the image wants to know.
(func $review_weak (export "reviewWeak") (result i32)
  (local $old (ref $Slots)) (local $new (ref $Slots)) (local $count i32) (local $i i32)
  (call $forget_instances)
  (call $forget_settled)
  (local.set $old (global.get $weak_old))
  (local.set $new (global.get $weak_new))
  (local.set $count (global.get $weak_old_count))
  (global.set $weak_old_count (i32.const 0))
  (loop $next
    (if (i32.lt_u (local.get $i) (local.get $count))
      (then
        (call $review_listed (array.get $Slots (local.get $old) (local.get $i)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next))))
  (array.fill $Slots (local.get $old) (global.get $weak_old_count) (ref.null eq)
    (i32.sub (local.get $count) (global.get $weak_old_count)))
  (local.set $count (global.get $weak_new_count))
  (global.set $weak_new (global.get $empty_slots))
  (global.set $weak_new_count (i32.const 0))
  (local.set $i (i32.const 0))
  (loop $next
    (if (i32.lt_u (local.get $i) (local.get $count))
      (then
        (call $review_listed (call $cell_for (array.get $Slots (local.get $new) (local.get $i))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next))))
  (global.set $some_weakened (i32.const 1))
  (global.get $finalization_pending))

;; Stays in the list while the weak object itself lives.
(func $review_listed (param $cell eqref)
  (block $gone (result eqref)
    (call $review_weak_object (br_on_cast_fail $gone eqref (ref $WeakIndexed) (call $cell_value (local.get $cell))))
    (global.set $weak_old (call $with_room (global.get $weak_old) (global.get $weak_old_count)))
    (array.set $Slots (global.get $weak_old) (global.get $weak_old_count) (local.get $cell))
    (global.set $weak_old_count (i32.add (global.get $weak_old_count) (i32.const 1)))
    (return))
  (drop))

(func $strengthen_all
  (local $i i32)
  (if (i32.eqz (global.get $some_weakened)) (then (return)))
  (global.set $some_weakened (i32.const 0))
  (loop $next
    (if (i32.lt_u (local.get $i) (global.get $weak_old_count))
      (then
        (call $strengthen (call $cell_value (array.get $Slots (global.get $weak_old) (local.get $i))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next)))))
